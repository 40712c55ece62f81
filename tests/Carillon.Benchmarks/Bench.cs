using System.Diagnostics;
using Carillon.Driving;

namespace Carillon.Benchmarks;

/// <summary>Everything that is measured on one store, in the order in which it disturbs the next least.</summary>
internal sealed class Bench(ThrowAwayStore store, ServerProcess server, Client client)
{
    public const int Subscribers = 100_000;
    public const int Some = 10_000;

    private readonly List<Measure> _measures = [];
    private string _workflow = "";

    public static string Subscriber(int number) => $"subscriber-{number}";

    public async Task<IReadOnlyList<Measure>> MeasureAsync()
    {
        await StepAsync("start", StartAsync);
        await StepAsync("idle", IdleAsync);
        await StepAsync("subscribers", SubscribeAsync);
        await StepAsync("latency", async () => _measures.AddRange(await new Latency(store, client, _workflow).MeasureAsync()));
        await StepAsync("accepts", async () => _measures.AddRange(await new Accepts(store, server, client, _workflow).MeasureAsync()));
        await StepAsync("fan-out", async () => _measures.AddRange(await new FanOut(store, server, client, _workflow).MeasureAsync()));
        await StepAsync("feeds", async () => _measures.AddRange(await new Feeds(store, server, client, _workflow).MeasureAsync()));
        await StepAsync("stop", StopAsync);
        return _measures;
    }

    private async Task StepAsync(string name, Func<Task> step)
    {
        var watch = Stopwatch.StartNew();
        await step();
        Console.Error.WriteLine($"{store.Kind}: {name} took {watch.Elapsed.TotalSeconds:0} s");
    }

    private async Task StartAsync()
    {
        var first = await server.StartAsync();
        await client.SignUpAsync();
        _workflow = await client.CreateWorkflowAsync("Bench", new { type = "in_app", content = "Hello {{subscriber.firstName}}, your order {{order}} is on its way" });
        await server.StopAsync();

        _measures.Add(Measure.Of("start on an empty store, tables made", first.TotalSeconds, "s"));
        _measures.Add(Measure.Of("start", (await server.StartAsync()).TotalSeconds, "s"));
    }

    private async Task IdleAsync()
    {
        await client.GetAsync("/v1/environments/me");
        _measures.AddRange(await Idle.MeasureAsync(server));
    }

    private async Task SubscribeAsync()
    {
        var watch = Stopwatch.StartNew();
        await client.SubscribeAsync(Enumerable.Range(0, Subscribers).Select(Subscriber));
        _measures.Add(Measure.Of("subscribers created, 500 a call", Subscribers / watch.Elapsed.TotalSeconds, "/s"));

        watch.Restart();
        await client.JoinAsync("some", Enumerable.Range(0, Some).Select(Subscriber));
        await client.JoinAsync("all", Enumerable.Range(0, Subscribers).Select(Subscriber));
        _measures.Add(Measure.Of("topic members added, 500 a call", (Some + Subscribers) / watch.Elapsed.TotalSeconds, "/s"));
    }

    private async Task StopAsync()
    {
        _measures.Add(Measure.Of("memory at the end", server.Memory, "MB"));
        _measures.Add(Measure.Of("stop", (await server.StopAsync()).TotalSeconds, "s"));
    }
}
