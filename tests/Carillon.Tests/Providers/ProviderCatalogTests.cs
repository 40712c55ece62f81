using Carillon.Providers;
using Carillon.Providers.Chat;
using Carillon.Providers.Email;
using Carillon.Providers.Email.Smtp;
using Carillon.Providers.InApp;

namespace Carillon.Tests.Providers;

public sealed class ProviderCatalogTests
{
    [Fact]
    public void Every_provider_is_listed_under_its_id()
    {
        using var http = Outbound.ToLoopback();
        using var smtp = new SmtpPool(Outbound.LoopbackGuard(), TimeProvider.System);

        var catalog = ProviderCatalog.Create(http, smtp, TimeProvider.System);

        var classes = typeof(IProvider).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IProvider)));
        Assert.Equal(classes.ToHashSet(), catalog.Values.Select(provider => provider.GetType()).ToHashSet());
        Assert.All(catalog, entry => Assert.Equal(entry.Key, entry.Value.Info.Id));
        Assert.IsAssignableFrom<IEmailProvider>(catalog["nodemailer"]);
        Assert.IsAssignableFrom<IEmailProvider>(catalog["email-webhook"]);
        Assert.IsAssignableFrom<IChatProvider>(catalog["slack"]);
        Assert.Equal(Channel.InApp, catalog["novu"].Info.Channel);
    }

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
