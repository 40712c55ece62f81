using System.Collections.Concurrent;
using System.Diagnostics;
using Carillon.Driving;
using Carillon.Tests.Support;

namespace Carillon.Benchmarks;

/// <summary>How long text messages take through a provider that is well: alone, and beside another one that fails in one way or the other.</summary>
internal sealed class Neighbours(Client client)
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Warming = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenTexts = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan BetweenOthers = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<string, long> _arrivals = [];
    private string _texts = "";
    private string _others = "";
    private int _sent;

    public async Task<IReadOnlyList<Measure>> MeasureAsync()
    {
        await using var healthy = await FaultyPeer.StartAsync();
        await using var failing = await FaultyPeer.StartAsync();
        healthy.Saying = (to, at) => _arrivals[to] = at;
        await ConnectAsync("well", healthy);
        await ConnectAsync("ill", failing);
        _texts = await client.CreateWorkflowAsync("Texts", new { type = "sms", content = "hello" });
        _others = await client.CreateWorkflowAsync("Others", new { type = "sms", content = "hello" });

        await SendAsync(Warming);
        var alone = await SendAsync(Duration);
        List<Measure> measures = [Measure.Of("trigger to provider, beside one that is well, p50", alone.At(0.5), "ms"), Measure.Of("trigger to provider, beside one that is well, p99", alone.At(0.99), "ms")];
        foreach (var fault in new[] { Fault.Hang, Fault.Trickle, Fault.Reset, Fault.Down, Fault.TooMany, Fault.Malformed, Fault.Huge })
        {
            failing.Fault = fault;
            var beside = await SendAsync(Duration);
            measures.Add(Measure.AtMost($"the same beside one that fails ({Name(fault)}), p99 as a multiple", beside.At(0.99) / alone.At(0.99), 2, ""));
        }

        return measures;
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

    private async Task ConnectAsync(string identifier, FaultyPeer peer) => await client.PostAsync("/v1/integrations", new
    {
        providerId = "generic-sms",
        channel = "sms",
        identifier,
        active = true,
        credentials = new { baseUrl = $"{peer.Url}sms", apiKeyRequestHeader = "x-api", apiKey = "ak", from = "f", idPath = "id" },
    });

    private async Task<Timings> SendAsync(TimeSpan time)
    {
        using var over = new CancellationTokenSource(time);
        var texts = TriggerAsync(_texts, "well", BetweenTexts, over.Token);
        await TriggerAsync(_others, "ill", BetweenOthers, over.Token);

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
