using System.Text.Json;
using Carillon.Data.Execution;
using Carillon.Data.Mapping;
using Carillon.Data.Subscribers;

namespace Carillon.Engine.Triggering;

/// <summary>Whom an event is for, as the caller said it, sorted out: a bad entry becomes a problem and spoils nobody else.</summary>
internal sealed class RecipientList
{
    private RecipientList(EventRecipients recipients)
    {
        Everybody = recipients.Everybody;
        Actor = recipients.Actor;

        var named = new OrderedDictionary<string, JsonElement>();
        var topics = new OrderedDictionary<string, JsonElement>();
        foreach (var recipient in recipients.To)
            Sort(recipient, named, topics);
        Named = [.. named.Values];
        Topics = [.. topics.Keys];
    }

    /// <summary>Subscriber objects, or ids, each once: of several entries with one id the last counts, in the place of the first.</summary>
    public IReadOnlyList<JsonElement> Named { get; }
    public IReadOnlyList<string> Topics { get; }
    public bool Everybody { get; }
    public JsonElement? Actor { get; }
    public List<RecipientProblem> Problems { get; } = [];

    /// <summary>A rough upper bound of how many there are; a topic or everybody counts as endless.</summary>
    public int Expected => Everybody || Topics.Count > 0 ? int.MaxValue : Named.Count;

    /// <summary>Whether one subscriber might come up in more than one place.</summary>
    public bool MayOverlap => Topics.Count > 1 || (Topics.Count > 0 && Named.Count > 0);

    public static RecipientList Of(Event e) => new(JsonColumn.Read<EventRecipients>(e.Recipients));

    public static string IdOf(JsonElement recipient) =>
        (recipient.ValueKind == JsonValueKind.String ? recipient : recipient.GetProperty("subscriberId")).GetString()!.Trim();

    private void Sort(JsonElement recipient, OrderedDictionary<string, JsonElement> named, OrderedDictionary<string, JsonElement> topics)
    {
        if (recipient.ValueKind == JsonValueKind.Null) return;

        if (TopicKey(recipient) is { } topic)
            topics[topic] = recipient;
        else if (ProblemWith(recipient) is { } problem)
            Problems.Add(problem);
        else
            named[IdOf(recipient)] = recipient;
    }

    private static string? TopicKey(JsonElement recipient) =>
        recipient.ValueKind == JsonValueKind.Object
        && recipient.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() == "Topic"
        && recipient.TryGetProperty("topicKey", out var key) && key.ValueKind == JsonValueKind.String
            ? key.GetString()
            : null;

    private static RecipientProblem? ProblemWith(JsonElement recipient)
    {
        var id = recipient.ValueKind switch
        {
            JsonValueKind.String => recipient,
            JsonValueKind.Object when recipient.TryGetProperty("subscriberId", out var property) => property,
            _ => default,
        };

        if (id.ValueKind != JsonValueKind.String || string.IsNullOrWhiteSpace(id.GetString()))
            return new(Short(recipient), "subscriberId must be a non-empty string");
        return id.GetString()!.Length > Subscriber.LongestExternalId
            ? new(Short(recipient), $"subscriberId must be shorter than or equal to {Subscriber.LongestExternalId} characters")
            : null;
    }

    private static string Short(JsonElement recipient) => recipient.GetRawText() is { Length: > 200 } text ? text[..200] : recipient.GetRawText();
}

/// <summary>A recipient that could not be served, and why.</summary>
public sealed record RecipientProblem(string Recipient, string Reason);
