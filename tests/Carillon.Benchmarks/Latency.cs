using System.Diagnostics;
using Carillon.Driving;

namespace Carillon.Benchmarks;

/// <summary>
/// How long it takes, when nothing else goes on, from sending a trigger call until the message is committed. Seen from outside, by a
/// connection that asks the database every millisecond, because one that asks without pause takes a processor from those it waits for; its
/// own question and that millisecond are part of the time.
/// </summary>
internal sealed class Latency(ThrowAwayStore store, Client client, string workflow)
{
    private const int Attempts = 500;
    private const int WarmUp = 50;

    private const string Finished = """
        SELECT count(*) FROM events e JOIN runs r ON r.environment_id = e.environment_id AND r.event_id = e.id
        WHERE e.environment_id = @p1 AND e.given_transaction_id = @p2 AND r.status = 1
        """;

    public async Task<IReadOnlyList<Measure>> MeasureAsync()
    {
        var (answered, committed) = (new Timings(), new Timings());
        await using var connection = await store.OpenAsync();
        await using var finished = ThrowAwayStore.Command(connection, Finished, client.EnvironmentId, "");
        for (var i = -WarmUp; i < Attempts; i++)
        {
            // Off the beat of whatever in the server is done at intervals.
            await Task.Delay(Random.Shared.Next(20, 60));
            finished.Parameters[1].Value = $"idle-{i}";
            var watch = Stopwatch.StartNew();
            await client.PostAsync("/v1/events/trigger", new { name = workflow, to = Bench.Subscriber(i + WarmUp), payload = new { order = i }, transactionId = $"idle-{i}" });
            var answer = watch.Elapsed;
            while ((long)(await finished.ExecuteScalarAsync())! == 0) await Task.Delay(1);
            if (i < 0) continue;

            answered.Add(answer);
            committed.Add(watch.Elapsed);
        }

        return
        [
            Measure.Of("idle, trigger to answer, p50", answered.At(0.5), "ms"),
            Measure.Of("idle, trigger to answer, p99", answered.At(0.99), "ms"),
            Measure.AtMost("idle, trigger to committed message, p50", committed.At(0.5), 10, "ms"),
            Measure.AtMost("idle, trigger to committed message, p99", committed.At(0.99), 40, "ms"),
        ];
    }
}
