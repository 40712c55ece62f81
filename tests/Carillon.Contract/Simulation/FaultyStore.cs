using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Carillon.Data.Execution;

namespace Carillon.Contract.Simulation;

/// <summary>The process dies here; what it was about to do is left undone.</summary>
internal sealed class Crash : Exception;

/// <summary>
/// An engine store as a process sees it that may die before or after any of its calls, and between whose calls others go on.
/// With a planted bug it ends a window only after it has read what is in it.
/// </summary>
[SuppressMessage("Performance", "CA1852", Justification = "The proxy is made of it at run time.")]
internal class FaultyStore : DispatchProxy
{
    private const double Crashes = 0.04;
    private const double Others = 0.3;

    private IEngineStore _inner = null!;
    private Random _random = null!;
    private Func<Task> _others = null!;
    private bool _closesLate;
    private Func<Task>? _late;

    public static IEngineStore Over(IEngineStore inner, Random random, Func<Task> others, bool closesLate)
    {
        var store = Create<IEngineStore, FaultyStore>();
        var faulty = (FaultyStore)(object)store;
        (faulty._inner, faulty._random, faulty._others, faulty._closesLate) = (inner, random, others, closesLate);
        return store;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (_random.NextDouble() < Crashes) throw new Crash();
        if (_random.NextDouble() < Others) Done(_others());

        if (_closesLate && targetMethod!.Name == nameof(IEngineStore.CloseDigestsAsync))
        {
            _late = () => (Task)targetMethod.Invoke(_inner, args)!;
            return Task.CompletedTask;
        }

        var called = Done((Task)targetMethod!.Invoke(_inner, args)!);
        if (_late is { } late)
        {
            Done(_others());
            Done(late());
            _late = null;
        }

        if (_random.NextDouble() < Crashes) throw new Crash();
        return called;
    }

    // The embedded store does everything before it returns.
    private static Task Done(Task task)
    {
        task.GetAwaiter().GetResult();
        return task;
    }
}
