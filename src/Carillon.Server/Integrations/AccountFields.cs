using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using Carillon.Data.Integrations;
using Carillon.Data.Mapping;
using Carillon.Data.Organizations;
using Carillon.Data.Secrets;
using Carillon.Providers;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Input;

namespace Carillon.Server.Integrations;

/// <summary>
/// What an account at a provider needs. Which fields there are, the provider says; they are stored sealed as a whole, and
/// shown in clear only to those who may manage the account.
/// </summary>
internal sealed class AccountFields(SecretBox box, FrozenDictionary<string, IProvider> providers)
{
    public IEnumerable<string> ProviderIds => providers.Keys.Order(StringComparer.Ordinal);

    public IProvider? Find(string providerId) => providers.GetValueOrDefault(providerId);

    /// <summary>Reads the fields that the provider has, and only those; other members are passed over.</summary>
    public static JsonObject Read(Fields credentials, ProviderInfo provider)
    {
        var known = new JsonObject();
        foreach (var field in provider.AllFields)
        {
            var given = Check(credentials[field.Key].Optional(), field);
            if (!given.IsNothing) known[field.Key] = JsonNode.Parse(given.Json.GetRawText());
        }

        return known;
    }

    public string Seal(JsonObject credentials) =>
        box.Seal(Purpose.IntegrationCredentials, credentials.ToJsonString(JsonColumn.Options));

    public JsonObject Open(Integration integration) =>
        JsonNode.Parse(box.Open(Purpose.IntegrationCredentials, integration.Cipher))!.AsObject();

    public JsonObject Show(Integration integration, Caller caller)
    {
        var credentials = Open(integration);
        if (caller.Roles.Contains(Member.Admin)) return credentials;

        var provider = Find(integration.ProviderId)?.Info;
        foreach (var key in credentials.Select(member => member.Key).Where(key => IsSecret(key, provider)).ToList())
            credentials.Remove(key);
        return credentials;
    }

    // What nobody described may be a secret.
    private static bool IsSecret(string key, ProviderInfo? provider) =>
        provider?.Fields.FirstOrDefault(field => field.Key == key) is not { IsSecret: false };

    private static Http.Input.Field Check(Http.Input.Field given, Providers.Field field) => field.Kind switch
    {
        FieldKind.Boolean or FieldKind.Switch => given.Must(IsTruth(given.Json), $"{field.Key} must be a boolean value"),
        FieldKind.Number => given.Must(given.Json.ValueKind is JsonValueKind.Number or JsonValueKind.String, $"{field.Key} must be a string"),
        FieldKind.Json => given.Must(given.Json.ValueKind is JsonValueKind.Object or JsonValueKind.String, $"{field.Key} must be an object"),
        _ => given.String(),
    };

    private static bool IsTruth(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => true,
        JsonValueKind.String => bool.TryParse(value.GetString(), out _),
        _ => false,
    };
}
