using Carillon.Data;

namespace Carillon.Tests.Data;

public sealed class SlugTests
{
    [Theory]
    [InlineData("My Flow One", "my-flow-one")]
    [InlineData("Héllo   World!! 123 _-", "hello-world-123")]
    [InlineData("Novu In-App", "novu-in-app")]
    [InlineData("  order_placed.v2 ", "orderplacedv2")]
    [InlineData("R&D — 50%", "randd-50percent")]
    [InlineData("Straße nach Łódź", "strasse-nach-lodz")]
    [InlineData("Привет мир", "privet-mir")]
    [InlineData("Ελλάδα", "ellada")]
    [InlineData("İstanbul", "istanbul")]
    [InlineData("TIẾNG VIỆT", "tieng-viet")]
    [InlineData("Cafe\u0301 Ǽon", "cafe-aeon")]
    [InlineData("Ёлка у Ўзбекистан", "yolka-u-uzbekistan")]
    [InlineData("ᾌδω", "adw")]
    [InlineData("日本 v1", "v1")]
    [InlineData("日本", "")]
    [InlineData("", "")]
    [InlineData("--", "")]
    public void A_name_is_spelled_in_lower_case_ascii(string name, string slug) => Assert.Equal(slug, Slug.Of(name));

    [Fact]
    public void Half_a_surrogate_pair_is_left_out() => Assert.Equal("ab", Slug.Of("a\ud800b"));

    [Fact]
    public void A_long_name_is_cut() => Assert.Equal(Slug.MaxLength, Slug.Of(new string('æ', 100_000)).Length);

    [Fact]
    public void A_suffix_tells_two_apart()
    {
        var (first, second) = (Slug.WithSuffix("flow"), Slug.WithSuffix("flow"));

        Assert.Matches("^flow-[0-9A-Za-z]{9}$", first);
        Assert.NotEqual(first, second);
        Assert.Matches("^[0-9A-Za-z]{9}$", Slug.WithSuffix(""));
    }
}
