using System.Text.Json;
using Carillon.Data.Subscribers;
using Carillon.Server.Http.Input;

namespace Carillon.Server.Subscribers;

/// <summary>
/// What a caller says about a subscriber, checked and taken over in one place for every route. What is not said, or is empty,
/// stays as it is, and data is replaced as a whole. The first version can only clear an e-mail address, the second everything.
/// </summary>
internal sealed record SubscriberProfile
{
    private static readonly string[] Names = ["email", "firstName", "lastName", "phone", "avatar", "locale", "timezone", "data"];

    public string? Email { get; private init; }
    public string? FirstName { get; private init; }
    public string? LastName { get; private init; }
    public string? Phone { get; private init; }
    public string? Avatar { get; private init; }
    public string? Locale { get; private init; }
    public string? Timezone { get; private init; }
    public JsonElement? Data { get; private init; }
    private IReadOnlyCollection<string> Cleared { get; init; } = [];

    public static string ReadId(Fields fields)
    {
        var field = fields["subscriberId"].Defined().String();
        var id = field.Text.Trim();
        field.Must(field.TextOrNull is null || id.Length > 0, "subscriberId should not be empty");
        field.Must(
            id.Length <= Subscriber.LongestExternalId,
            $"subscriberId must be shorter than or equal to {Subscriber.LongestExternalId} characters");
        return id;
    }

    /// <summary>Nothing said.</summary>
    public static SubscriberProfile Empty { get; } = new();

    /// <summary>What somebody may say about themselves when an inbox opens.</summary>
    public static SubscriberProfile ReadOwn(Fields fields) => new()
    {
        FirstName = Said(fields.OptionalString("firstName")),
        LastName = Said(fields.OptionalString("lastName")),
        Email = fields.OptionalEmail("email"),
        Phone = Said(fields.OptionalString("phone")),
    };

    public static SubscriberProfile ReadNew(Fields fields) => Read(fields, fields.OptionalEmail("email"));

    public static SubscriberProfile ReadChanged(Fields fields) =>
        Read(fields, fields["email"].TextOrNull is "" ? null : fields.OptionalEmail("email"));

    /// <summary>As the second version makes somebody.</summary>
    public static SubscriberProfile ReadWithTimezone(Fields fields) =>
        ReadNew(fields) with { Timezone = Said(TimezoneIn(fields["timezone"])) };

    /// <summary>As the second version changes somebody: null takes away what was there.</summary>
    public static SubscriberProfile ReadPatch(Fields fields) => ReadWithTimezone(fields) with
    {
        Cleared = [.. Names.Where(name => fields.Has(name) && fields[name].IsNothing)],
    };

    /// <summary>True if that changed anything.</summary>
    public bool ApplyTo(Subscriber subscriber)
    {
        var before = Fingerprint(subscriber);
        subscriber.Email = Now("email", Email, subscriber.Email);
        subscriber.FirstName = Now("firstName", FirstName, subscriber.FirstName);
        subscriber.LastName = Now("lastName", LastName, subscriber.LastName);
        subscriber.Phone = Now("phone", Phone, subscriber.Phone);
        subscriber.Avatar = Now("avatar", Avatar, subscriber.Avatar);
        subscriber.Locale = Now("locale", Locale, subscriber.Locale);
        subscriber.Timezone = Now("timezone", Timezone, subscriber.Timezone);
        subscriber.Data = Cleared.Contains("data") ? null : Data ?? subscriber.Data;
        return Fingerprint(subscriber) != before;
    }

    private string? Now(string name, string? said, string? before) => Cleared.Contains(name) ? null : said ?? before;

    private static (string?, string?, string?, string?, string?, string?, string?, string?) Fingerprint(Subscriber of) =>
        (of.Email, of.FirstName, of.LastName, of.Phone, of.Avatar, of.Locale, of.Timezone, of.Data?.GetRawText());

    private static SubscriberProfile Read(Fields fields, string? email)
    {
        var profile = new SubscriberProfile
        {
            Email = email,
            Cleared = email is null && fields.Has("email") ? ["email"] : [],
            FirstName = Said(fields.OptionalString("firstName")),
            LastName = Said(fields.OptionalString("lastName")),
            Phone = Said(fields.OptionalString("phone")),
            Avatar = Said(fields.OptionalString("avatar")),
            Locale = fields.OptionalLocale("locale"),
            Timezone = fields.OptionalTimezone("timezone"),
        };

        // The contract speaks of data only when nothing else is wrong.
        var data = fields["data"];
        return fields.Problem is null ? profile with { Data = data.Optional().Object().JsonOrNull } : profile;
    }

    private static string? TimezoneIn(Field field)
    {
        var name = field.Optional().String().TextOrNull;
        if (!string.IsNullOrEmpty(name)) field.Must(TimeZoneInfo.TryFindSystemTimeZoneById(name, out _), "timezone must be a valid IANA time-zone");
        return name;
    }

    private static string? Said(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
