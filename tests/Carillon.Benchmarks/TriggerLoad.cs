using System.Diagnostics;
using System.Globalization;
using Carillon.Driving;

namespace Carillon.Benchmarks;

/// <summary>Calls of the trigger routes, as fast as so many connections send them, each waiting for its answer.</summary>
internal sealed class TriggerLoad(ThrowAwayStore store, ServerProcess server, Client client, string workflow)
{
    public const int PerCall = 100;
    public const int People = 10_000;

    private const string Route = "/v1/events/trigger";

    /// <summary>Each call an event for one recipient, accepted and carried out.</summary>
    public Task<Sent> SingleAsync(int connections, TimeSpan duration) => AuditedAsync(1, () => SendSingleAsync(connections, duration));

    /// <summary>Each call a hundred such events.</summary>
    public Task<Sent> BulkAsync(int connections, TimeSpan duration) => AuditedAsync(PerCall, () => SendBulkAsync(connections, duration));

    /// <summary>As <c>SingleAsync</c>, but whoever asks for it sees to the audit.</summary>
    public Task<Sent> SendSingleAsync(int connections, TimeSpan duration) => SendAsync(Route, connections, duration, Single, "201");

    /// <summary>As <c>BulkAsync</c>, but whoever asks for it sees to the audit.</summary>
    public Task<Sent> SendBulkAsync(int connections, TimeSpan duration) => SendAsync($"{Route}/bulk", connections, duration, Bulk, "201");

    /// <summary>The single call with one member more, the last that the server looks at, for which it refuses what it has read.</summary>
    public Task<Sent> RefusedAsync(int connections, TimeSpan duration) => SendAsync(Route, connections, duration, Refused, "400");

    private string Single() => Event("");

    private string Refused() => Event(""","bridgeUrl":"none" """);

    private string Bulk() => $$"""{"events":[{{string.Join(',', Enumerable.Range(0, PerCall).Select(_ => Single()))}}]}""";

    private string Event(string more)
    {
        var number = Random.Shared.Next(People).ToString(CultureInfo.InvariantCulture);
        return $$"""{"name":"{{workflow}}","to":"{{Bench.Subscriber(int.Parse(number, CultureInfo.InvariantCulture))}}","payload":{"order":{{number}} }{{more}} }""";
    }

    private async Task<Sent> AuditedAsync(int perCall, Func<Task<Sent>> send)
    {
        var before = await CountAsync();
        var sent = await send();
        var settled = await SettledAsync(before, perCall * sent.Timings.Count);
        return sent with { Settled = sent.Elapsed + settled };
    }

    /// <summary>Waits until all that was accepted is carried out, and compares; returns how long that took.</summary>
    public async Task<TimeSpan> SettledAsync(Kept before, int asked)
    {
        var watch = Stopwatch.StartNew();
        await store.ExpandedAsync(TimeSpan.FromMinutes(20));
        var settled = watch.Elapsed;
        var after = await CountAsync();
        if (after != new Kept(before.Events + asked, before.Messages + asked))
            throw new AuditException($"{asked} events were accepted; there are {after.Events - before.Events} more, and {after.Messages - before.Messages} messages.");
        return settled;
    }

    public async Task<Kept> CountAsync() =>
        new(await store.CountAsync("SELECT count(*) FROM events"), await store.CountAsync("SELECT count(*) FROM messages"));

    private async Task<Sent> SendAsync(string path, int connections, TimeSpan duration, Func<string> body, string expected)
    {
        var timings = new Timings();
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            await using var connection = await KeyedConnection.OpenAsync(server.Address, $"ApiKey {client.ApiKey}");
            while (watch.Elapsed < duration)
            {
                var text = body();
                var started = watch.Elapsed;
                await connection.PostAsync(path, text, expected);
                timings.Add(watch.Elapsed - started);
            }
        })));
        return new(timings, watch.Elapsed, watch.Elapsed);
    }
}

/// <summary>What the database holds.</summary>
internal sealed record Kept(long Events, long Messages);

/// <summary>So many calls, answered in this time, and carried out in that.</summary>
internal sealed record Sent(Timings Timings, TimeSpan Elapsed, TimeSpan Settled)
{
    public double PerSecond => Timings.Count / Elapsed.TotalSeconds;

    public double SettledPerSecond => Timings.Count / Settled.TotalSeconds;
}
