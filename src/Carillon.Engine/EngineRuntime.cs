using Carillon.Data.Hints;

namespace Carillon.Engine;

/// <summary>What every loop of one engine shares: its limits, its clock, the hints between them, who is busy and what is counted.</summary>
public sealed record EngineRuntime(
    EngineOptions Options, IHints Hints, EngineActivity Activity, EngineMetrics Metrics, TimeProvider Clock)
{
    /// <summary>Where its chores and runs take their turns.</summary>
    public TaskScheduler Scheduler { get; init; } = TaskScheduler.Default;

    /// <summary>Between two looks at what is about to be sent, so that many share one.</summary>
    public TimeSpan BetweenLooks { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>What spreads attempts that failed together.</summary>
    public Random Random { get; init; } = Random.Shared;

    // Behind what waits already: a claim of hundreds would otherwise be begun before any answer that has come in meanwhile is read.
    private const TaskCreationOptions Starting = TaskCreationOptions.DenyChildAttach | TaskCreationOptions.PreferFairness;

    /// <summary>Begins something on a turn of its own, whoever asks for it.</summary>
    internal Task Start(Func<Task> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, Starting, Scheduler).Unwrap();

    /// <inheritdoc cref="Start(Func{Task})"/>
    internal Task<T> Start<T>(Func<Task<T>> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, Starting, Scheduler).Unwrap();
}
