using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Carillon.Providers;
using Carillon.Providers.Chat;
using Carillon.Providers.Email;
using Carillon.Providers.Email.Smtp;
using Carillon.Providers.Http;
using Carillon.Providers.Push;
using Carillon.Providers.Sms;
using Carillon.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Carillon.Tests.Providers;

/// <summary>Every address that a user can put into an integration or a subscriber's channel, and none leads into the operator's network.</summary>
public sealed class UserAddressTests
{
    private const string Webhook = "the subscriber's webhook";

    // {0} is host and port as they stand in a URL, {1} and {2} the two alone.
    private static readonly Dictionary<(string Provider, string Field), string> Fields = new()
    {
        [("azure-sms", "accessKey")] = "endpoint=http://{0}/;accesskey=aHVzaA==",
        [("braze", "apiURL")] = "http://{0}",
        [("email-webhook", "webhookUrl")] = "http://{0}/in",
        [("generic-sms", "baseUrl")] = "http://{0}/sms",
        [("generic-sms", "domain")] = "http://{0}/login",
        [("infobip-email", "baseUrl")] = "http://{0}",
        [("infobip-sms", "baseUrl")] = "http://{0}/",
        [("kannel", "host")] = "{1}",
        [("mailgun", "baseUrl")] = "http://{0}",
        [("mobishastra", "baseUrl")] = "http://{0}/send",
        [("nodemailer", "host")] = "{1}",
        [("push-webhook", "webhookUrl")] = "http://{0}/push",
        [("sms-central", "baseUrl")] = "http://{0}/api",
        [("discord", Webhook)] = "http://{0}/hook",
        [("getstream", Webhook)] = "http://{0}/hook",
        [("grafana-on-call", Webhook)] = "http://{0}/hook",
        [("mattermost", Webhook)] = "http://{0}/hook",
        [("msteams", Webhook)] = "http://{0}/hook",
        [("rocket-chat", Webhook)] = "http://{0}",
        [("ryver", Webhook)] = "http://{0}/hook",
        [("slack", Webhook)] = "http://{0}/hook",
        [("zulip", Webhook)] = "http://{0}/hook",
    };

    private static readonly string[] Hosts =
    [
        "10.0.0.1", "172.16.0.1", "192.168.1.1", "127.0.0.1", "localhost", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "[::1]", "[::ffff:10.0.0.1]", "[::ffff:169.254.169.254]", "[fd00::1]", "[fe80::1]", "[64:ff9b::10.0.0.1]",
        "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "167772161",
    ];

    public static TheoryData<string, string> Places => [.. Fields.Keys.Select(place => new TheoryDataRow<string, string>(place.Provider, place.Field))];

    [Fact]
    public void Every_field_for_an_address_is_tried_here()
    {
        var addresses =
            from provider in ProviderCatalogTests.Catalog().Values
            from field in provider.Info.Fields
            where field.Key is "baseUrl" or "apiURL" or "webhookUrl" or "domain" or "host" or "accessKey" && !IsNone(provider.Info.Id, field.Key)
            select (provider.Info.Id, field.Key);
        var chats = ProviderCatalogTests.Catalog().Values.OfType<IChatProvider>().Where(chat => !chat.WritesToPhones).Select(chat => (chat.Info.Id, Webhook));

        Assert.Equal(addresses.Concat(chats).Order(), Fields.Keys.Order());
    }

    [Theory, MemberData(nameof(Places))]
    public async Task It_leads_to_no_private_address(string provider, string field)
    {
        foreach (var host in Hosts)
        {
            var result = await SendAsync(new OutboundGuard(new()), provider, field, host, 8099);
            Assert.True(result is SendResult.Refused, $"{host}: {result}");
            Assert.Contains("network", ((SendResult.Refused)result).Reason, StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(Places))]
    public async Task It_leads_where_the_operator_lets_it(string provider, string field)
    {
        if (provider == "nodemailer") return; // a mail server is no web server; its own tests do this

        await using var peer = await HttpPeer.StartAsync(200, "{}");

        await SendAsync(Outbound.LoopbackGuard(), provider, field, "127.0.0.1", peer.Url.Port);

        Assert.NotEmpty(peer.Received);
    }

    [Theory, MemberData(nameof(Places))]
    public async Task Nor_does_a_redirect_lead_there(string provider, string field)
    {
        if (provider == "nodemailer") return;

        await using var inner = await HttpPeer.StartAsync(200, "{}");
        await using var outer = await HttpPeer.StartAsync(context =>
        {
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = $"http://127.0.0.2:{inner.Url.Port}/";
            return Task.CompletedTask;
        });

        var result = await SendAsync(new OutboundGuard(new() { Allow = ["127.0.0.1"] }), provider, field, "127.0.0.1", outer.Url.Port);

        Assert.IsType<SendResult.Refused>(result);
        Assert.NotEmpty(outer.Received);
        Assert.Empty(inner.Received);
    }

    [Fact]
    public async Task A_name_that_changes_its_address_is_looked_up_once_for_each_connection_and_what_was_checked_is_dialled()
    {
        var answers = new Queue<IPAddress>([IPAddress.Loopback, IPAddress.Parse("10.0.0.1")]);
        await using var peer = await HttpPeer.StartAsync(context =>
        {
            context.Response.Headers.Connection = "close";
            return Task.CompletedTask;
        });
        var guard = new OutboundGuard(new() { Allow = ["127.0.0.1"] }, (_, _) => Task.FromResult(new[] { answers.Dequeue() }));
        using var http = new OutboundHttp(guard, TimeProvider.System);
        var discord = new DiscordChat(http);
        var message = new ChatMessage("65a000000000000000000001", $"http://rebinding.example:{peer.Url.Port}/hook", "Hello");

        var (first, second) = (await discord.SendAsync(message, Account.Empty, default), await discord.SendAsync(message, Account.Empty, default));

        Assert.IsType<SendResult.Sent>(first);
        Assert.IsType<SendResult.Refused>(second);
        Assert.Single(peer.Received);
        Assert.Empty(answers);
    }

    // DKIM's domain is no address.
    private static bool IsNone(string provider, string field) => (provider, field) is ("nodemailer", "domain") or ("mailgun", "domain") or ("messagebird", "accessKey");

    private static async Task<SendResult> SendAsync(OutboundGuard guard, string provider, string field, string host, int port)
    {
        using var http = new OutboundHttp(guard, TimeProvider.System);
        using var smtp = new SmtpPool(guard, TimeProvider.System);
        var catalog = ProviderCatalog.Create(http, smtp, TimeProvider.System);
        var address = string.Format(System.Globalization.CultureInfo.InvariantCulture, Fields[(provider, field)], $"{host}:{port}", host, port);
        var account = AccountOf(catalog[provider].Info, field, address, port);
        return catalog[provider] switch
        {
            IEmailProvider mail => await mail.SendAsync(
                new() { Id = "65a000000000000000000001", From = "a@example.com", To = ["b@example.com"], Subject = "s", Html = "h" }, account, default),
            ISmsProvider sms => await sms.SendAsync(new("65a000000000000000000001", "+1", "+2", "Hi"), account, default),
            IPushProvider push => await push.SendAsync(new("65a000000000000000000001", "t", "T", "C", [], []), account, default),
            IChatProvider chat => await chat.SendAsync(new("65a000000000000000000001", address, "Hi"), account, default),
            _ => throw new InvalidOperationException(),
        };
    }

    private static Account AccountOf(ProviderInfo info, string field, string address, int port)
    {
        var account = new JsonObject();
        foreach (var one in info.Fields.Where(one => one.Kind == FieldKind.Text && one.IsRequired)) account[one.Key] = "x";
        if (info.Fields.Any(one => one.Key == "port")) account["port"] = port;
        if (field == "domain")
        {
            (account["authenticateByToken"], account["authenticationTokenKey"]) = (true, "x-token");
            account["baseUrl"] = "https://sms.example";
        }

        if (field != Webhook) account[field] = address;
        return Account.Parse(account.ToJsonString());
    }
}
