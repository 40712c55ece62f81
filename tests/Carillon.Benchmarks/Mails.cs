using System.Diagnostics;
using System.Globalization;
using Carillon.Driving;

namespace Carillon.Benchmarks;

/// <summary>
/// A mail for everybody of a topic, through a mail server that takes 50 ms for each, or as much longer as its timers are late. What one account
/// may have at once says how fast that can go; the rest waits in the database. <c>CARILLON_BENCH_MAILS</c> says how many, where it need not be so many.
/// </summary>
internal sealed class Mails(ThrowAwayStore store, ServerProcess server, Client client)
{
    public const int AtOnce = 30;
    private static readonly TimeSpan Each = TimeSpan.FromMilliseconds(50);

    private static int Count =>
        int.TryParse(Environment.GetEnvironmentVariable("CARILLON_BENCH_MAILS"), CultureInfo.InvariantCulture, out var count) ? count : 100_000;

    public async Task<IReadOnlyList<Measure>> MeasureAsync()
    {
        await using var sink = new SlowSink(Each);
        await MailAccount.ConnectAsync(client, sink);
        var workflow = await client.CreateWorkflowAsync("Mails", MailAccount.Template);
        var people = Enumerable.Range(0, Count).Select(Bench.Subscriber).ToList();
        await client.SubscribeAsync(people);
        await client.JoinAsync("mailed", people);

        var watch = Stopwatch.StartNew();
        await client.PostAsync("/v1/events/trigger", new { name = workflow, to = new[] { new { type = "Topic", topicKey = "mailed" } }, payload = new { order = 4711 } });
        var (afterTenth, highest) = await WatchAsync(sink);
        var took = watch.Elapsed;
        await Wait.UntilAsync(async () => await SentAsync() >= Count, TimeSpan.FromMinutes(2));
        await AuditAsync(sink);

        var permitted = AtOnce / sink.Took.TotalSeconds;
        var name = $"{Count:N0} mails at {Each.TotalMilliseconds:0} ms, {AtOnce} at once";
        return
        [
            Measure.Of($"{name}, mails", Count / took.TotalSeconds, "/s"),
            Measure.Of($"{name}, a mail at the sink, on average", sink.Took.TotalMilliseconds, "ms"),
            Measure.AtLeast($"{name}, share of what that permits ({permitted:0}/s)", Count / took.TotalSeconds / permitted, 0.9, ""),
            Measure.AtMost($"{name}, memory growth behind the first tenth", highest - afterTenth, 100, "MB"),
            Measure.Of($"{name}, connections", sink.Connections, ""),
        ];
    }

    private async Task<(double AfterTenth, double Highest)> WatchAsync(SlowSink sink)
    {
        double? afterTenth = null;
        var highest = 0.0;
        var (last, since) = (0, Stopwatch.StartNew());
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (sink.Mails.All < Count)
        {
            await timer.WaitForNextTickAsync();
            if (sink.Mails.All != last) (last, since) = (sink.Mails.All, Stopwatch.StartNew());
            if (since.Elapsed > TimeSpan.FromMinutes(3)) throw new AuditException($"Nothing came any more behind {last} mails.");
            if (last < Count / 10) continue;

            afterTenth ??= server.Memory;
            highest = Math.Max(highest, server.Memory);
        }

        return (afterTenth ?? server.Memory, highest);
    }

    private Task<long> SentAsync() => store.CountAsync("SELECT count(*) FROM messages WHERE channel = 'email' AND status = 'sent'");

    private async Task AuditAsync(SlowSink sink)
    {
        var sent = await SentAsync();
        if (sink.Mails != (Count, Count) || sent != Count)
            throw new AuditException($"{Count} mails were asked for; {sink.Mails.All} came, {sink.Mails.Different} different ones, and {sent} are told of.");
    }
}
