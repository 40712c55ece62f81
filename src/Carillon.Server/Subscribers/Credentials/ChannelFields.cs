using Carillon.Data.Subscribers;
using Carillon.Server.Http.Input;

namespace Carillon.Server.Subscribers.Credentials;

/// <summary>One way to reach a subscriber, as a caller gives it; of the credentials only what we know is kept.</summary>
internal sealed record ChannelFields(ChannelAddress Address, ChannelCredentials Credentials) : IRequest<ChannelFields>
{
    public static ChannelFields Read(Fields fields) => new(
        new(fields.RequiredString("providerId"), fields.OptionalString("integrationIdentifier")),
        ReadCredentials(fields["credentials"].Defined().Object()));

    /// <summary>The list that a subscriber can be created with.</summary>
    public static IReadOnlyList<ChannelFields> ReadList(Fields fields)
    {
        var list = fields["channels"].Optional().Array();
        return list.Json.ValueKind == System.Text.Json.JsonValueKind.Array ? list.Items(Read) : [];
    }

    /// <summary>
    /// What holds after these were given: they win over what is known, field by field. Device tokens are replaced, or added to
    /// those that are known; not naming any means none, and so does an empty list.
    /// </summary>
    public ChannelCredentials After(ChannelCredentials known, bool addTokens)
    {
        var given = Credentials.DeviceTokens ?? [];
        var kept = addTokens && given.Count > 0 ? known.DeviceTokens ?? [] : [];
        return new(
            Credentials.WebhookUrl ?? known.WebhookUrl,
            Credentials.Channel ?? known.Channel,
            [.. kept.Concat(given).Distinct()],
            Credentials.PhoneNumber ?? known.PhoneNumber);
    }

    private static ChannelCredentials ReadCredentials(Field field) =>
        (field.Json.ValueKind == System.Text.Json.JsonValueKind.Object ? field.Nested(Known) : null) ?? new();

    private static ChannelCredentials Known(Fields fields) => new(
        fields.OptionalString("webhookUrl"),
        fields.OptionalString("channel"),
        fields.OptionalStrings("deviceTokens"),
        fields.OptionalString("phoneNumber"));
}

/// <summary>Which integration is meant: the newest active one of a provider, or the one with this identifier.</summary>
internal sealed record ChannelAddress(string ProviderId, string? IntegrationIdentifier);
