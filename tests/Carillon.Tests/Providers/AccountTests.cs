using Carillon.Providers;

namespace Carillon.Tests.Providers;

public sealed class AccountTests
{
    [Theory]
    [InlineData("""{"secure":true}""", true)]
    [InlineData("""{"secure":"true"}""", true)]
    [InlineData("""{"secure":" True "}""", true)]
    [InlineData("""{"secure":"false"}""", false)]
    [InlineData("""{"secure":false}""", false)]
    [InlineData("""{"secure":null}""", false)]
    [InlineData("""{"secure":"yes"}""", false)]
    [InlineData("{}", false)]
    public void A_flag_reads_booleans_and_their_text(string json, bool expected) =>
        Assert.Equal(expected, Account.Parse(json).Flag("secure"));

    [Theory]
    [InlineData("""{"port":587}""", 587)]
    [InlineData("""{"port":"587"}""", 587)]
    [InlineData("""{"port":"many"}""", null)]
    [InlineData("""{"port":5.5}""", null)]
    [InlineData("{}", null)]
    public void A_number_reads_numbers_and_their_text(string json, int? expected) =>
        Assert.Equal(expected, Account.Parse(json).Number("port"));

    [Theory]
    [InlineData("""{"user":"  ann "}""", "ann")]
    [InlineData("""{"user":"  "}""", null)]
    [InlineData("""{"user":7}""", "7")]
    [InlineData("""{"user":{}}""", null)]
    [InlineData("{}", null)]
    public void Blank_text_is_missing_text(string json, string? expected) =>
        Assert.Equal(expected, Account.Parse(json).Text("user"));

    [Theory]
    [InlineData("""{"tlsOptions":{"servername":"a"}}""")]
    [InlineData("""{"tlsOptions":"{\"servername\":\"a\"}"}""")]
    public void An_object_may_come_as_text(string json) =>
        Assert.Equal("a", Account.Parse(json).Json("tlsOptions")?.GetProperty("servername").GetString());

    [Theory]
    [InlineData("""{"tlsOptions":"{broken"}""")]
    [InlineData("""{"tlsOptions":"[]"}""")]
    [InlineData("""{"tlsOptions":[]}""")]
    [InlineData("{}")]
    public void What_is_not_an_object_is_missing(string json) => Assert.Null(Account.Parse(json).Json("tlsOptions"));

    [Fact]
    public void It_does_not_print_its_secrets() =>
        Assert.DoesNotContain("hunter2", $"{Account.Parse("""{"password":"hunter2"}""")}", StringComparison.Ordinal);
}
