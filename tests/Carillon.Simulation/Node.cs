using System.Collections.Frozen;
using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Data.Hints;
using Carillon.Data.Secrets;
using Carillon.Engine;
using Carillon.Engine.Emails;
using Carillon.Engine.Running;
using Carillon.Engine.Triggering;
using Carillon.Providers;
using Carillon.Providers.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Carillon.Simulation;

/// <summary>One process with the whole engine in it, composed as the server composes it, between a store and a vendor that fail.</summary>
internal sealed class Node
{
    private static EngineOptions OptionsFor(Life life) => new()
    {
        PageSize = life.Random.Next(2, 4),
        EventsAtOnce = 4,
        RunsInFlight = 4,
        Lease = TimeSpan.FromSeconds(20),
        SendTimeout = TimeSpan.FromSeconds(5),
        LongestRest = TimeSpan.FromSeconds(15),
        BreakAfter = 3,
        BreakTime = TimeSpan.FromSeconds(10),
    };

    private readonly ServiceProvider _services;
    private readonly TaskCompletionSource _died = new();

    public Node(Life life)
    {
        Thread = new SimulatedThread(life.Random);
        _services = Compose(life, Thread);
        var engine = new CarillonEngine(
            _services.GetRequiredService<EventAcceptor>(),
            [_services.GetRequiredService<SmallExpander>(), _services.GetRequiredService<LargeExpander>(), _services.GetRequiredService<Runner>()],
            _services.GetRequiredService<Committer>(),
            _services.GetRequiredService<EngineRuntime>());
        Thread.Start(() => engine.RunAsync(CancellationToken.None));
    }

    public SimulatedThread Thread { get; }

    /// <summary>Null where it died before it answered.</summary>
    public async Task<Acceptance?> AcceptAsync(Event e)
    {
        var answer = Thread.Start(() => _services.GetRequiredService<EventAcceptor>().AcceptAsync([new(e)], CancellationToken.None));
        return await Task.WhenAny(answer, _died.Task) == answer ? (await answer)[0] : null;
    }

    public void Kill()
    {
        Thread.Kill();
        _died.TrySetResult();
    }

    public ValueTask DisposeAsync()
    {
        Kill();
        return _services.DisposeAsync();
    }

    private static ServiceProvider Compose(Life life, SimulatedThread thread) => Compose(life, thread, OptionsFor(life));

    private static ServiceProvider Compose(Life life, SimulatedThread thread, EngineOptions options) => new ServiceCollection()
        .AddSingleton(life.World.Facts)
        .AddSingleton(life.World.Secret)
        .AddSingleton<SecretBox>()
        .AddSingleton<ReplyAddresses>()
        .AddSingleton(new Ids(life.Clock, life.Random))
        .AddSingleton<TimeProvider>(life.Clock)
        .AddSingleton<IHints>(new LocalHints())
        .AddSingleton(new OutboundOptions())
        .AddSingleton<OutboundGuard>()
        .AddSingleton<OutboundHttp>()
        .AddSingleton(new PreferenceLinks(life.World.Secret, root: null, life.Clock))
        .AddSingleton(new UnsubscribeLinks(life.World.Secret, root: null, life.Clock))
        .AddSingleton<FrozenDictionary<string, IProvider>>(new Dictionary<string, IProvider> { [Vendor.Id] = new Vendor(life) }.ToFrozenDictionary())
        .AddSingleton(options)
        .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
        .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
        .AddCarillonEngine()
        .AddSingleton(life.World.Templates)
        .AddSingleton(life.World.Versions)
        .AddSingleton(FaultyStore.Over(life.World.Store, life))
        .AddSingleton(all => new EngineRuntime(
            options, all.GetRequiredService<IHints>(), new EngineActivity(), all.GetRequiredService<EngineMetrics>(), life.Clock)
        {
            Scheduler = thread, Random = life.Random, BetweenLooks = TimeSpan.Zero,
        })
        .BuildServiceProvider();
}
