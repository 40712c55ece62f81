using System.Collections.Frozen;
using System.Text.Json;
using Carillon.Providers;
using Carillon.Providers.Email.Smtp;
using Carillon.Providers.InApp;
using Carillon.Tests.Support;

namespace Carillon.Tests.Providers;

public sealed class ProviderCatalogTests
{
    // The contract shows them to everybody; they open the account, so they are secrets here.
    private static readonly string[] SecretAllTheSame = ["messagebird accessKey", "azure-sms accessKey"];

    // Beyond the contract: people connect Discord themselves, as they do Slack.
    private static readonly string[] OurOwn = ["discord clientId", "discord secretKey", "discord redirectUrl", "discord hmac"];

    private static readonly IReadOnlyDictionary<string, Described> Contract = ReadContract();

    [Fact]
    public void Every_provider_is_listed_under_its_id()
    {
        var catalog = Catalog();

        var classes = typeof(IProvider).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IProvider)));
        Assert.Equal(classes.ToHashSet(), catalog.Values.Select(provider => provider.GetType()).ToHashSet());
        Assert.All(catalog, entry => Assert.Equal(entry.Key, entry.Value.Info.Id));
    }

    [Fact]
    public void The_contracts_providers_are_there_and_no_others() =>
        Assert.Equal(Contract.Keys.Order(), Catalog().Keys.Order());

    [Fact]
    public void Each_has_the_contracts_fields() => Assert.All(Catalog().Values, provider =>
    {
        var (info, wanted) = (provider.Info, Contract[provider.Info.Id]);
        Assert.Equal((wanted.Name, wanted.Channel), (info.Name, info.Channel.WireName));
        Assert.Equal(
            wanted.Fields.Select(field => Words(
                field.Key, KindOf(field.Type), field.Required, field.Encrypted || SecretAllTheSame.Contains($"{info.Id} {field.Key}"), field.Default, field.Options ?? [])),
            info.Fields.Where(field => !OurOwn.Contains($"{info.Id} {field.Key}")).Select(field => Words(field.Key, field.Kind, field.IsRequired, field.IsSecret, field.Default, field.Options)));
    });

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

    /// <summary>What is shipped, for tests that look at it and send nothing.</summary>
    internal static FrozenDictionary<string, IProvider> Catalog() =>
        ProviderCatalog.Create(Outbound.ToLoopback(), new SmtpPool(Outbound.LoopbackGuard(), TimeProvider.System), TimeProvider.System);

    private static string Words(string key, FieldKind kind, bool required, bool secret, string? fallback, IEnumerable<string> options) =>
        $"{key}: {kind}{(required ? ", required" : "")}{(secret ? ", secret" : "")}{(fallback is null ? "" : $", default {fallback}")} {string.Join('|', options)}".TrimEnd();

    private static FieldKind KindOf(string type) => type switch
    {
        "number" => FieldKind.Number,
        "boolean" => FieldKind.Boolean,
        "switch" => FieldKind.Switch,
        "object" => FieldKind.Json,
        "dropdown" => FieldKind.Dropdown,
        _ => FieldKind.Text,
    };

    private static Dictionary<string, Described> ReadContract()
    {
        using var file = typeof(ProviderCatalogTests).Assembly.GetManifestResourceStream("providers.golden.json")!;
        return JsonSerializer.Deserialize<Described[]>(file, JsonSerializerOptions.Web)!.ToDictionary(provider => provider.Id);
    }

    private sealed record Described(string Id, string Channel, string Name, DescribedField[] Fields);

    private sealed record DescribedField(string Key, string Type, bool Required, bool Encrypted, string? Default = null, string[]? Options = null);
}
