using System.Text.Json;
using System.Text.RegularExpressions;
using Carillon.Data.Subscribers;

namespace Carillon.Engine.Triggering;

/// <summary>The fields of a subscriber object inside a trigger call: what is wrong with them, and how they are taken over.</summary>
internal static partial class SubscriberFields
{
    private static readonly string[] Texts = ["email", "firstName", "lastName", "phone", "avatar", "locale", "timezone"];

    public static string? ProblemWith(JsonElement recipient)
    {
        if (recipient.ValueKind != JsonValueKind.Object) return null;

        var wrong = Array.Find(Texts, name => Given(recipient, name) is { ValueKind: not JsonValueKind.String });
        if (wrong is not null) return $"{wrong} must be a string";

        if (Text(recipient, "email") is { Length: > 0 } email && !Email().IsMatch(email)) return "email must be an email";
        if (Text(recipient, "locale") is { } locale && !Locale().IsMatch(locale)) return "locale must be locale";
        return Text(recipient, "timezone") is { } zone && !(TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) && known.HasIanaId)
            ? "timezone must be an IANA time zone"
            : null;
    }

    /// <summary>Takes over what was given; true if that changed anything. An empty e-mail clears it, data is replaced as a whole.</summary>
    public static bool Apply(JsonElement recipient, Subscriber subscriber)
    {
        if (recipient.ValueKind != JsonValueKind.Object) return false;

        var before = Fingerprint(subscriber);
        subscriber.FirstName = Text(recipient, "firstName") ?? subscriber.FirstName;
        subscriber.LastName = Text(recipient, "lastName") ?? subscriber.LastName;
        subscriber.Email = Text(recipient, "email") is { } email ? Cleared(email) : subscriber.Email;
        subscriber.Phone = Text(recipient, "phone") ?? subscriber.Phone;
        subscriber.Avatar = Text(recipient, "avatar") ?? subscriber.Avatar;
        subscriber.Locale = Text(recipient, "locale") ?? subscriber.Locale;
        subscriber.Timezone = Text(recipient, "timezone") ?? subscriber.Timezone;
        subscriber.Data = Given(recipient, "data") ?? subscriber.Data;
        return Fingerprint(subscriber) != before;
    }

    private static (string?, string?, string?, string?, string?, string?, string?, string?) Fingerprint(Subscriber s) =>
        (s.FirstName, s.LastName, s.Email, s.Phone, s.Avatar, s.Locale, s.Timezone, s.Data?.GetRawText());

    private static string? Cleared(string email) => email.Length == 0 ? null : email;

    private static string? Text(JsonElement recipient, string name) => Given(recipient, name)?.GetString();

    private static JsonElement? Given(JsonElement recipient, string name) =>
        recipient.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    [GeneratedRegex(@"^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+$")]
    private static partial Regex Email();

    [GeneratedRegex("^[A-Za-z]{2,4}([_-]([A-Za-z]{4}|[0-9]{3}))?([_-]([A-Za-z]{2}|[0-9]{3}))?$")]
    private static partial Regex Locale();
}
