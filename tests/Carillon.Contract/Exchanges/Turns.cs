using System.Text.Json.Nodes;

namespace Carillon.Contract.Exchanges;

/// <summary>
/// Events that were sent one right after another were worked on at once by the original, and came to their messages in an order of chance.
/// Here each is done before the next is sent, so they are sent in that order.
/// </summary>
internal static class Turns
{
    public static IReadOnlyList<Exchange> Of(IReadOnlyList<Exchange> exchanges)
    {
        var times = Times(exchanges);
        List<Exchange> ordered = [];
        for (var next = 0; next < exchanges.Count;)
        {
            var run = exchanges.Skip(next).TakeWhile(exchange => TransactionOf(exchange) is { } id && times.ContainsKey(id)).ToList();
            if (run.Count == 0) run = [exchanges[next]];
            var turns = run.Count == 1 ? run : run.OrderBy(exchange => times[TransactionOf(exchange)!]).Zip(run, (turn, slot) => turn with { At = slot.At });
            ordered.AddRange(turns);
            next += run.Count;
        }

        return ordered;
    }

    private static string? TransactionOf(Exchange exchange) =>
        exchange is { Method: "POST", Path: "/v1/events/trigger", Status: 201 } ? exchange.Answer?["data"]?["transactionId"]?.ToString() : null;

    // When an event came to its first message, as far as anybody looked.
    private static Dictionary<string, DateTimeOffset> Times(IEnumerable<Exchange> exchanges)
    {
        Dictionary<string, DateTimeOffset> times = new(StringComparer.Ordinal);
        foreach (var message in exchanges.SelectMany(exchange => Within(exchange.Answer)))
        {
            if (message["_notificationId"] is null || message["_messageTemplateId"] is null || message["transactionId"] is not { } id) continue;
            if (message["createdAt"] is not JsonValue at || !DateTimeOffset.TryParse(at.ToString(), out var time)) continue;
            if (!times.TryGetValue(id.ToString(), out var seen) || time < seen) times[id.ToString()] = time;
        }

        return times;
    }

    private static IEnumerable<JsonObject> Within(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Within(member.Value)).Prepend(members),
        JsonArray items => items.SelectMany(Within),
        _ => [],
    };
}
