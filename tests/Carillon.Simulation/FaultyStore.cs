using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Carillon.Data.Execution;

namespace Carillon.Simulation;

/// <summary>The database does not answer, or its answer is lost.</summary>
internal sealed class SimulatedOutage(string message) : DbException(message)
{
    public override bool IsTransient => true;
}

/// <summary>
/// An engine store as one process sees it: each call may fail before anything was done or after everything was, may take its time,
/// and lets others go on before and after. With a planted bug it does not do what it is asked.
/// </summary>
[SuppressMessage("Performance", "CA1852", Justification = "The proxy is made of it at run time.")]
internal class FaultyStore : DispatchProxy
{
    private const double Outages = 0.03;
    private const double Stalls = 0.05;

    private static readonly MethodInfo Generic = typeof(FaultyStore).GetMethod(nameof(CallOfAsync), BindingFlags.Instance | BindingFlags.NonPublic)!;
    private static readonly ConcurrentDictionary<Type, MethodInvoker> Calls = [];

    // The last looks before something leaves: nothing comes between them and the call.
    private static readonly HashSet<string> Looks = [nameof(IEngineStore.HeldAsync), nameof(IEngineStore.DigestedEventsAsync)];

    private IEngineStore _inner = null!;
    private Life _life = null!;
    private Func<Task>? _late;

    public static IEngineStore Over(IEngineStore inner, Life life)
    {
        var store = Create<IEngineStore, FaultyStore>();
        var faulty = (FaultyStore)(object)store;
        (faulty._inner, faulty._life) = (inner, life);
        return store;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.ReturnType == typeof(Task)
        ? CallAsync(targetMethod, args)
        : Calls.GetOrAdd(targetMethod.ReturnType, type => MethodInvoker.Create(Generic.MakeGenericMethod(type.GenericTypeArguments[0])))
            .Invoke(this, targetMethod, args);

    private async Task CallAsync(MethodInfo method, object?[]? args)
    {
        await MishapAsync(method.Name);
        if (_life.Bug == PlantedBug.ClosesLate && method.Name == nameof(IEngineStore.CloseDigestsAsync))
            _late = () => (Task)method.Invoke(_inner, args)!;
        else
            await Asked(() => (Task)method.Invoke(_inner, args)!);
        await MishapAsync(method.Name);
    }

    private async Task<T> CallOfAsync<T>(MethodInfo method, object?[] args)
    {
        await MishapAsync(method.Name);
        switch (_life.Bug, method.Name)
        {
            case (PlantedBug.SendsWhatWasCancelled, nameof(IEngineStore.HeldAsync)):
                return (T)(object)((IReadOnlyCollection<Run>)args[0]!).ToHashSet();
            case (PlantedBug.ComesEarly, nameof(IEngineStore.ClaimRunsAsync)) when args[0] is Claim claim:
                args = [claim with { Now = claim.Now.AddSeconds(2) }, args[1]];
                break;
            case (PlantedBug.WritesWithoutItsClaim, nameof(IEngineStore.CommitRunsAsync)):
                await _life.World.TakeOverAsync(((RunBatch)args[0]!).Runs);
                break;
        }

        var result = await Asked(() => (Task<T>)method.Invoke(_inner, args)!);
        await MishapAsync(method.Name);
        if (method.Name == nameof(IEngineStore.DigestedEventsAsync)) await CloseAsync();
        return result;
    }

    // A server is waited for, away from the one thread on which turns are taken: however long its answer takes, it is part of this turn.
    private T Asked<T>(Func<T> ask)
        where T : Task
    {
        if (_life.World.IsEmbedded) return ask();

        var asked = Task.Factory.StartNew(ask, CancellationToken.None, TaskCreationOptions.None, TaskScheduler.Default).GetAwaiter().GetResult();
        ((IAsyncResult)asked).AsyncWaitHandle.WaitOne();
        return asked;
    }

    private async Task MishapAsync(string method)
    {
        if (_life.IsCalm) return;
        if (Strikes(Outages)) throw new SimulatedOutage($"{method} was cut off.");
        if (Looks.Contains(method)) return;
        if (Strikes(Stalls)) await Task.Delay(TimeSpan.FromSeconds(_life.Random.NextDouble() * 30), _life.Clock);
        if (_life.Random.Next(2) == 0) await Task.Yield();
    }

    private bool Strikes(double chance) => _life.Random.NextDouble() < chance;

    private async Task CloseAsync()
    {
        if (_late is not { } late) return;

        _late = null;
        await Task.Yield();
        await late();
    }
}
