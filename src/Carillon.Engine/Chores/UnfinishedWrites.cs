using Carillon.Data.Execution;
using Microsoft.Extensions.Logging;

namespace Carillon.Engine.Chores;

/// <summary>Frees the rows that a node holds which stands still, stopped or cut off in the middle of writing, so that others can take them over.</summary>
public sealed partial class UnfinishedWrites(IEngineStore store, EngineRuntime engine, ILogger<UnfinishedWrites> logger) : EngineLoop(engine, logger)
{
    // Nobody who is well takes longer between two statements; whoever was only slow writes once more.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    private readonly TimeSpan _since = engine.Options.Lease < Longest ? engine.Options.Lease : Longest;

    protected override async Task<TimeSpan> TurnAsync(CancellationToken ct)
    {
        var ended = await store.EndUnfinishedAsync(_since, ct);
        if (ended > 0) Log.Ended(logger, ended, _since);
        return _since;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Count} transactions of nodes that stood still for {Since} were undone.")]
        public static partial void Ended(ILogger logger, int count, TimeSpan since);
    }
}
