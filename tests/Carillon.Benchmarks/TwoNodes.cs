using System.Diagnostics;
using System.Globalization;
using Carillon.Driving;

namespace Carillon.Benchmarks;

/// <summary>
/// What a second process adds. Once with mails through a server that takes its time, of which an account may have only so many on their way
/// at a process: the database has room, and neither processor is busy. And once with messages that are hard to write, each process on a
/// processor of its own and the database on both. <c>CARILLON_BENCH_NODES_MAILS</c> and <c>…_MESSAGES</c> say how many.
/// </summary>
internal sealed class TwoNodes(ThrowAwayStore store, ServerProcess first, ServerProcess second, Client client)
{
    private const int PerTopic = 1_000;
    private static readonly TimeSpan Each = TimeSpan.FromMilliseconds(50);
    private static readonly int Mails = Number("CARILLON_BENCH_NODES_MAILS", 6_000);
    private static readonly int Messages = Number("CARILLON_BENCH_NODES_MESSAGES", 20_000);

    private int _told;

    public static async Task<IReadOnlyList<Measure>> MeasureAsync(Subject.Stage stage)
    {
        await using var second = new ServerProcess(stage.Store.ConnectionString, MailAccount.Settings);
        var measures = await new TwoNodes(stage.Store, stage.Server, second, stage.Client).MeasureAsync();
        await second.StopAsync();
        if (second.Output.Trim() is { Length: > 0 } output) await Console.Error.WriteLineAsync(output);
        return measures;
    }

    private async Task<IReadOnlyList<Measure>> MeasureAsync()
    {
        await first.StartAsync();
        await client.SignUpAsync();
        await using var sink = new SlowSink(Each);
        await MailAccount.ConnectAsync(client, sink);
        var people = Enumerable.Range(0, PerTopic).Select(Bench.Subscriber).ToList();
        await client.SubscribeAsync(people);
        await client.JoinAsync("all", people);
        var mail = await client.CreateWorkflowAsync("Mails", MailAccount.Template);
        var hard = await client.CreateWorkflowAsync("Hard", new { type = "in_app", content = Hard });

        await TellAsync(mail, PerTopic);
        await TellAsync(hard, Messages);
        var oneMailing = await TellAsync(mail, Mails);
        await first.PinAsync(0);
        var oneWriting = await TellAsync(hard, Messages);

        await second.StartAsync();
        await second.PinAsync(1);
        await TellAsync(hard, Messages);
        var twoWriting = await TellAsync(hard, Messages);
        var twoMailing = await TellAsync(mail, Mails);
        if (sink.Mails != (PerTopic + (2 * Mails), PerTopic + (2 * Mails)))
            throw new AuditException($"{PerTopic + (2 * Mails)} mails were asked for; {sink.Mails.All} came, {sink.Mails.Different} different ones.");

        return
        [
            Measure.Of($"mails at {Each.TotalMilliseconds:0} ms, one process", oneMailing, "/s"),
            Measure.Of($"mails at {Each.TotalMilliseconds:0} ms, two processes", twoMailing, "/s"),
            Measure.AtLeast("the second as a multiple of the first", twoMailing / oneMailing, 1.8, ""),
            Measure.Of("messages that are hard to write, one process on a processor of its own", oneWriting, "/s"),
            Measure.Of("messages that are hard to write, two processes, each on its own", twoWriting, "/s"),
            Measure.Of("the second as a multiple of that first", twoWriting / oneWriting, ""),
        ];
    }

    // As many events as it takes, so that there is something to share.
    private async Task<double> TellAsync(string workflow, int count)
    {
        var watch = Stopwatch.StartNew();
        foreach (var some in Enumerable.Range(0, count / PerTopic).Chunk(100))
        {
            await client.PostAsync("/v1/events/trigger/bulk", new
            {
                events = some.Select(order => new { name = workflow, to = new[] { new { type = "Topic", topicKey = "all" } }, payload = new { order, lines = Enumerable.Range(0, 300) } }),
            });
        }

        await store.SettledAsync(TimeSpan.FromMinutes(5));
        var took = watch.Elapsed;
        await AuditAsync(count);
        return count / took.TotalSeconds;
    }

    // One line of the account and one message for each: nobody did what somebody else had done.
    private async Task AuditAsync(int more)
    {
        _told += more;
        var runs = await store.CountAsync("SELECT count(*) FROM runs WHERE status = 1");
        var messages = await store.CountAsync("SELECT count(DISTINCT run_id) FROM messages WHERE status = 'sent'");
        var all = await store.CountAsync("SELECT count(*) FROM messages");
        if ((runs, messages, all) != (_told, _told, _told)) throw new AuditException($"{_told} were to be told; there are {runs} runs and {all} messages of {messages} of them.");
    }

    private static string Hard => string.Concat(Enumerable.Repeat("{{#each lines}}{{this}} {{subscriber.firstName}},{{/each}}", 2));

    private static int Number(string variable, int otherwise) =>
        int.Parse(Environment.GetEnvironmentVariable(variable) ?? otherwise.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
