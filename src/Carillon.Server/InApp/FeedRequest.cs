using Carillon.Server.Http.Input;

namespace Carillon.Server.InApp;

/// <summary>A page of a feed, and which messages are wanted in it.</summary>
internal sealed record FeedRequest(int Page, int Limit, IReadOnlyList<string>? Feeds, bool? Read, bool? Seen, string? Payload)
    : IRequest<FeedRequest>
{
    static FeedRequest IRequest<FeedRequest>.Read(Fields fields) => new(
        fields.Page(),
        fields.Limit(@default: 10, max: 100),
        ReadFeeds(fields),
        fields.OptionalBool("read"),
        fields.OptionalBool("seen"),
        fields.OptionalString("payload"));

    /// <summary>Feeds as a text, as several with commas between them, or as a list.</summary>
    public static IReadOnlyList<string>? ReadFeeds(Fields fields, string name = "feedIdentifier") => fields.TextOrTexts(name) is { } texts
        ? [.. texts.SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))]
        : null;
}
