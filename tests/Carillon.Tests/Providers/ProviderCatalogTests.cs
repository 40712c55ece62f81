using Carillon.Providers;
using Carillon.Providers.InApp;

namespace Carillon.Tests.Providers;

public sealed class ProviderCatalogTests
{
    [Fact]
    public void Two_providers_with_one_id_do_not_start() =>
        Assert.Throws<ArgumentException>(() => ProviderCatalog.ById(new NovuInApp(), new NovuInApp()));

    [Theory]
    [InlineData(Channel.InApp, "in_app")]
    [InlineData(Channel.Email, "email")]
    [InlineData(Channel.Sms, "sms")]
    [InlineData(Channel.Push, "push")]
    [InlineData(Channel.Chat, "chat")]
    public void Every_channel_has_its_wire_name(Channel channel, string name)
    {
        Assert.Equal(name, channel.WireName);
        Assert.Equal(channel, Channel.FromWireName(name));
    }

    [Theory]
    [InlineData("Email")]
    [InlineData("")]
    [InlineData(null)]
    public void An_unknown_channel_name_is_no_channel(string? name) => Assert.Null(Channel.FromWireName(name));
}
