using System.Diagnostics;
using Carillon.Driving;

namespace Carillon.Benchmarks;

/// <summary>When nothing else goes on: from a trigger call to the committed message, and to a mail server that has the mail whole.</summary>
internal sealed class IdleLatency(ThrowAwayStore store, ServerProcess server, Client client)
{
    private const int Mails = 500;
    private const int WarmUp = 50;

    public async Task<IReadOnlyList<Measure>> MeasureAsync()
    {
        await server.StartAsync();
        await client.SignUpAsync();
        var workflow = await client.CreateWorkflowAsync("Bench", new { type = "in_app", content = "Hello {{subscriber.firstName}}, your order {{order}} is on its way" });
        var committed = await new Latency(store, client, workflow).MeasureAsync();
        return [.. committed, .. await MailsAsync()];
    }

    private async Task<IReadOnlyList<Measure>> MailsAsync()
    {
        await using var sink = new SlowSink(TimeSpan.Zero);
        await MailAccount.ConnectAsync(client, sink);
        var workflow = await client.CreateWorkflowAsync("Mails", MailAccount.Template);
        var timings = new Timings();
        for (var i = -WarmUp; i < Mails; i++)
        {
            await Task.Delay(Random.Shared.Next(20, 60));
            var (before, started) = (sink.Arrivals.Count, Stopwatch.GetTimestamp());
            await client.PostAsync("/v1/events/trigger", new { name = workflow, to = new { subscriberId = $"mail-{i}", email = $"mail-{i}@example.com" }, payload = new { order = i } });
            await Wait.UntilAsync(() => Task.FromResult(sink.Arrivals.Count > before), TimeSpan.FromSeconds(30));
            if (i >= 0) timings.Add(Stopwatch.GetElapsedTime(started, sink.Arrivals[^1]));
        }

        if (sink.Mails != (Mails + WarmUp, Mails + WarmUp)) throw new AuditException($"{Mails + WarmUp} mails were asked for; {sink.Mails} came.");
        return
        [
            Measure.Of("idle, trigger to mail server, p50", timings.At(0.5), "ms"),
            Measure.AtMost("idle, trigger to mail server, p99", timings.At(0.99), 80, "ms"),
        ];
    }
}
