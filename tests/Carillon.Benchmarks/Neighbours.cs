using System.Collections.Concurrent;
using System.Diagnostics;
using Carillon.Driving;
using Carillon.Tests.Support;

namespace Carillon.Benchmarks;

/// <summary>
/// How long text messages take through a provider that is well: beside another one that is well too, and then beside the same one as it
/// fails in one way or the other. Each way has a provider of its own, and is compared with the moments before.
/// </summary>
internal sealed class Neighbours(Client client)
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Warming = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenTexts = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan BetweenOthers = TimeSpan.FromMilliseconds(20);
    private static readonly Fault[] Faults = [Fault.Hang, Fault.Trickle, Fault.Reset, Fault.Down, Fault.TooMany, Fault.Malformed, Fault.Huge];

    private readonly ConcurrentDictionary<string, long> _arrivals = [];
    private string _texts = "";
    private string _others = "";
    private int _sent;

    public async Task<IReadOnlyList<Measure>> MeasureAsync()
    {
        await using var healthy = await FaultyPeer.StartAsync();
        healthy.Saying = (to, at) => _arrivals[to] = at;
        await ConnectAsync("well", healthy);
        _texts = await client.CreateWorkflowAsync("Texts", new { type = "sms", content = "hello" });
        _others = await client.CreateWorkflowAsync("Others", new { type = "sms", content = "hello" });

        List<(Fault Fault, Timings Alone, Timings Beside)> seen = [];
        foreach (var fault in Faults) seen.Add(await CompareAsync(fault));

        var usual = seen.OrderBy(one => one.Alone.At(0.99)).ElementAt(Faults.Length / 2).Alone;
        return
        [
            Measure.Of("trigger to provider, beside one that is well, p50", usual.At(0.5), "ms"),
            Measure.Of("trigger to provider, beside one that is well, p99", usual.At(0.99), "ms"),
            .. seen.Select(one => Measure.AtMost(
                $"the same beside one that fails ({Name(one.Fault)}), p99 as a multiple", one.Beside.At(0.99) / one.Alone.At(0.99), 2, "")),
        ];
    }

    private async Task<(Fault Fault, Timings Alone, Timings Beside)> CompareAsync(Fault fault)
    {
        await using var failing = await FaultyPeer.StartAsync();
        var integration = await ConnectAsync($"ill-{fault}", failing);
        await SendAsync($"ill-{fault}", Warming);
        var alone = await SendAsync($"ill-{fault}", Duration);
        failing.Fault = fault;
        var beside = await SendAsync($"ill-{fault}", Duration);

        // What waits for it is not to be in the way of the next.
        await client.PutAsync($"/v1/integrations/{integration}", new { active = false });
        return (fault, alone, beside);
    }

    private static string Name(Fault fault) => fault switch
    {
        Fault.Hang => "hangs",
        Fault.Trickle => "answers a byte at a time",
        Fault.Reset => "drops connections",
        Fault.Down => "answers 503",
        Fault.TooMany => "answers 429",
        Fault.Malformed => "answers nonsense",
        Fault.Huge => "answers 100 MB",
        _ => $"{fault}",
    };

    private async Task<string> ConnectAsync(string identifier, FaultyPeer peer) => (await client.PostAsync("/v1/integrations", new
    {
        providerId = "generic-sms",
        channel = "sms",
        identifier,
        active = true,
        credentials = new { baseUrl = $"{peer.Url}sms", apiKeyRequestHeader = "x-api", apiKey = "ak", from = "f", idPath = "id" },
    })).GetProperty("_id").GetString()!;

    private async Task<Timings> SendAsync(string beside, TimeSpan time)
    {
        using var over = new CancellationTokenSource(time);
        var texts = TriggerAsync(_texts, "well", BetweenTexts, over.Token);
        await TriggerAsync(_others, beside, BetweenOthers, over.Token);

        var timings = new Timings();
        foreach (var (number, at) in await texts)
        {
            await Wait.UntilAsync(() => Task.FromResult(_arrivals.ContainsKey(number)), TimeSpan.FromSeconds(30));
            timings.Add(Stopwatch.GetElapsedTime(at, _arrivals[number]));
        }

        return timings;
    }

    private async Task<List<(string Number, long At)>> TriggerAsync(string workflow, string integrationIdentifier, TimeSpan pause, CancellationToken over)
    {
        List<(string, long)> sent = [];
        List<Task> calls = [];
        using var timer = new PeriodicTimer(pause);
        while (!over.IsCancellationRequested)
        {
            await timer.WaitForNextTickAsync(CancellationToken.None);
            var number = $"+{Interlocked.Increment(ref _sent)}";
            sent.Add((number, Stopwatch.GetTimestamp()));
            calls.Add(client.PostAsync("/v1/events/trigger", new
            {
                name = workflow,
                to = new { subscriberId = $"n{number}", phone = number },
                payload = new { },
                overrides = new { sms = new { integrationIdentifier } },
            }));
        }

        await Task.WhenAll(calls);
        return sent;
    }
}
