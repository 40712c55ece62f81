using Carillon.Providers.Http;

namespace Carillon.Tests.Providers.Http;

public sealed class OutboundUrlTests
{
    [Theory]
    [InlineData("https://BÜCHER.example/Ä?b=%20#c", "xn--bcher-kva.example")]
    [InlineData("https://bücher.example:8443/", "xn--bcher-kva.example")]
    [InlineData("https://Books.example/", "books.example")]
    public void Names_of_all_scripts_are_looked_up_in_small_letters(string text, string host) =>
        Assert.Equal(host, OutboundUrl.Parse(text)!.IdnHost);

    [Fact]
    public void All_but_the_name_stays_as_it_was_written()
    {
        var url = OutboundUrl.Parse("https://BÜCHER.example:8443/Ä/%2F?b=%20&C=d")!;

        Assert.Equal(8443, url.Port);
        Assert.Equal("/%C3%84/%2F?b=%20&C=d", url.PathAndQuery);
    }
}
