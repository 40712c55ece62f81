using Carillon.Data;

namespace Carillon.Tests.Data;

public sealed class IdsTests
{
    [Fact]
    public void A_uuid_leads_back_to_its_id_at_every_fraction_of_a_second()
    {
        for (var fraction = 0; fraction <= ushort.MaxValue; fraction++)
        {
            var id = $"6924a1b7{fraction:x4}fe12345600ff";
            Assert.Equal(id, Ids.OfUuid(Ids.UuidOf(id)));
        }
    }

    [Theory]
    [InlineData("000000000000000000000000", "00000000-0000-7000-8000-000000000000")]
    [InlineData("00000001ffff123456789abc", "00000000-07cf-7fc1-8012-3456789abc00")]
    [InlineData("100000000000000000000043", "003e8000-0000-7000-8000-000000004300")]
    [InlineData("ffffffffffffffffffffffff", "03e7ffff-ffff-7fc1-80ff-ffffffffff00")]
    public void A_uuid_has_the_moment_in_front_and_the_rest_behind(string id, string uuid) =>
        Assert.Equal(uuid, Ids.UuidOf(id));

    [Theory]
    [InlineData("")]
    [InlineData("order-17")]
    [InlineData("00000000-07cf-7fc1-8012-3456789abc01")]
    [InlineData("00000000-07cf-7fc2-8012-3456789abc00")]
    [InlineData("00000000-07CF-7FC1-8012-3456789ABC00")]
    [InlineData("00000000-07cf-4fc1-8012-3456789abc00")]
    [InlineData("ffffffff-ffff-7fff-bfff-ffffffffffff")]
    [InlineData("{00000000-07cf-7fc1-8012-3456789abc00}")]
    public void What_is_nobodys_uuid_leads_nowhere(string text) => Assert.Null(Ids.OfUuid(text));
}
