using System.Collections.Frozen;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Carillon.Providers;
using Carillon.Providers.Chat;
using Carillon.Providers.Email;
using Carillon.Providers.Email.Smtp;
using Carillon.Providers.Http;
using Carillon.Providers.Push;
using Carillon.Providers.Sms;
using Microsoft.Extensions.Time.Testing;

namespace Carillon.Tests.Providers;

/// <summary>Every provider that speaks HTTP: exactly what it asks for one message, and what it makes of the vendor's answers.</summary>
public sealed class VendorTests
{
    private const string Id = "65a000000000000000000001";

    // They speak to no vendor, or not by HTTP; what they do is tested beside them.
    private static readonly string[] WithoutVendor = ["novu", "novu-email", "novu-sms", "nodemailer", "outlook365"];

    // Their own tests came first.
    private static readonly string[] TestedBesides = ["email-webhook", "slack"];

    public static TheoryData<string> Providers => [.. VendorCase.All.Select(vendor => vendor.Id)];

    public static TheoryData<string, int> Answers =>
        [.. VendorCase.All.SelectMany(vendor => vendor.Rows.Select((_, row) => new TheoryDataRow<string, int>(vendor.Id, row)))];

    [Fact]
    public void Every_provider_has_its_case() => Assert.Equal(
        Catalog(new VendorStub()).Keys.Except(WithoutVendor).Except(TestedBesides).Order(),
        VendorCase.All.Select(vendor => vendor.Id).Order());

    [Theory, MemberData(nameof(Providers))]
    public async Task It_asks_the_vendor_exactly_this(string id)
    {
        var vendor = CaseOf(id);
        var stub = Stub(vendor, vendor.Rows[0].Answer);

        await SendAsync(stub, vendor);

        Assert.Equal(vendor.Requests.Count, stub.Received.Count);
        foreach (var (wanted, asked) in vendor.Requests.Zip(stub.Received))
        {
            Assert.Matches(Pattern($"{wanted.Method} {wanted.Url}"), $"{asked.Method} {asked.Url}");
            Assert.All(wanted.Headers, header => Assert.Matches(Pattern(header.Value), asked.Headers.GetValueOrDefault(header.Key)));
            Assert.True(wanted.Headers.ContainsKey("Authorization") == asked.Headers.ContainsKey("Authorization"), "Authorization goes unmentioned");
            Assert.Matches(Pattern(Print(wanted.Body is null ? null : JsonNode.Parse(wanted.Body))), Print(asked.Body));
        }
    }

    [Theory, MemberData(nameof(Answers))]
    public async Task An_answer_comes_to_this(string id, int row)
    {
        var (vendor, wanted) = (CaseOf(id), CaseOf(id).Rows[row]);

        var result = await SendAsync(Stub(vendor, wanted.Answer), vendor);

        Assert.Equal($"{wanted.Answer.Status} {wanted.Answer.Body} => {wanted.Outcome}", $"{wanted.Answer.Status} {wanted.Answer.Body} => {VendorCase.OutcomeOf(result)}");
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task It_knows_a_success_from_a_passing_and_a_lasting_fault(string id)
    {
        var vendor = CaseOf(id);
        foreach (var (status, outcomes) in new (int, string[])[]
        {
            (503, ["unavailable", "unknown"]), (429, ["unavailable"]), (404, ["refused", "account", "gone"]),
        })
        {
            var result = await SendAsync(Stub(vendor, new(status, null, "")), vendor);
            Assert.Contains(VendorCase.OutcomeOf(result), outcomes);
        }

        Assert.Contains(vendor.Rows, row => row.Outcome.StartsWith("sent", StringComparison.Ordinal));
        Assert.Contains(vendor.Rows, row => row.Outcome is "refused" or "account" or "gone");
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task No_reason_repeats_a_secret(string id)
    {
        var vendor = CaseOf(id);
        var account = Account.Parse(vendor.Account);
        var info = Catalog(new VendorStub())[id].Info;
        List<string> secrets = [.. info.Fields.Where(field => field.IsSecret).Select(field => account.Text(field.Key)!)];
        if (Catalog(new VendorStub())[id] is IChatProvider { WritesToPhones: false }) secrets.Add("secret-path");
        foreach (var secret in secrets)
        {
            foreach (var body in new[] { secret, $$"""{"message":"{{Escaped(secret)}}","error":{"message":"{{Escaped(secret)}}"},"code":"{{Escaped(secret)}}"}""" })
            {
                var result = await SendAsync(Stub(vendor, new(400, null, body)), vendor);
                Assert.DoesNotContain(secret, $"{result}", StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task What_an_account_lacks_is_named_and_nothing_is_sent(string id)
    {
        var info = Catalog(new VendorStub())[id].Info;
        var needed = info.Fields.Where(field => field is { IsRequired: true, Default: null } && field.Key is not ("from" or "senderName")).ToList();
        var stub = new VendorStub(new VendorCase.Answer(200, null, "{}"));

        var result = await SendAsync(stub, CaseOf(id) with { Account = "{}" });

        if (needed.Count == 0) return;
        Assert.Empty(stub.Received);
        Assert.Contains(needed[0].Key, Assert.IsType<SendResult.Refused>(result).Reason, StringComparison.Ordinal);
    }

    private static async Task<SendResult> SendAsync(VendorStub stub, VendorCase vendor)
    {
        var account = Account.Parse(vendor.Account);
        var overrides = JsonNode.Parse(vendor.Overrides)!.AsObject();
        var custom = vendor.Custom == "{}" ? null : JsonNode.Parse(vendor.Custom)!.AsObject();
        return Catalog(stub)[vendor.Id] switch
        {
            IEmailProvider mail => await mail.SendAsync(Mail(account, custom), account, default),
            ISmsProvider sms => await sms.SendAsync(new(Id, "+15550001", account.Text("from"), "Hi & bye", custom), account, default),
            IPushProvider push => await push.SendAsync(
                new(Id, "token-1", "Title", "Content", new() { ["name"] = "Ann", ["n"] = 1 }, overrides), account, default),
            IChatProvider chat => await chat.SendAsync(
                new(Id, chat.WritesToPhones ? "+15550001" : "https://hooks.example/secret-path?x=1", "Hello", "general", custom), account, default),
            var other => throw new InvalidOperationException($"{other.Info.Id} is of no channel that sends."),
        };
    }

    private static EmailMessage Mail(Account account, JsonObject? custom) => new()
    {
        Id = Id,
        From = account.Text("from") ?? "",
        SenderName = "Shop",
        To = ["ann@example.com"],
        Cc = ["cc@example.com"],
        Bcc = ["bcc@example.com"],
        ReplyTo = "reply@example.com",
        Subject = "Hello",
        Html = "<p>Hi</p>",
        Text = "Hi",
        Headers = new Dictionary<string, string> { ["X-Campaign"] = "7" },
        Attachments =
        [
            new("a.txt", "text/plain", "hello"u8.ToArray()),
            new("logo.png", "image/png", "png"u8.ToArray(), ContentId: "logo", Disposition: "inline"),
        ],
        IpPoolName = "pool",
        CustomData = custom,
        Origin = new("tx1", "welcome", "sub1"),
    };

    private static FrozenDictionary<string, IProvider> Catalog(VendorStub stub)
    {
        var clock = new FakeTimeProvider(new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
        return ProviderCatalog.Create(new OutboundHttp(stub, clock), new SmtpPool(Outbound.LoopbackGuard(), clock), clock);
    }

    private static VendorStub Stub(VendorCase vendor, VendorCase.Answer last) =>
        new([.. vendor.Requests.Select(request => request.Then).OfType<VendorCase.Answer>(), last]);

    private static VendorCase CaseOf(string id) => VendorCase.All.Single(vendor => vendor.Id == id);

    private static string Print(JsonNode? node) => Sorted(node)?.ToJsonString(new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) ?? "null";

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    // In what is wanted, three dots stand for what is never the same twice.
    private static string Pattern(string wanted) => $"^{Regex.Escape(wanted).Replace("…", @"[^\s""]+", StringComparison.Ordinal)}$";
}
