using Carillon.Server.Configuration;

namespace Carillon.Server.Start;

/// <summary>How many threads there are before the runtime sees that some are missing, which takes it half a second for each.</summary>
internal static class Threads
{
    // A page of a large event keeps one busy, and so does whatever is written to SQLite.
    private const int OfEngine = 16;

    // Two commits of accepted events block one each; more than that would only take turns on the processors, and commits with them.
    private const int OfCommits = 2;

    public static void Provide(NodeRoles roles)
    {
        var ofCalls = Environment.ProcessorCount + OfCommits;
        ThreadPool.SetMinThreads(roles.Engine ? Math.Max(OfEngine, ofCalls) : ofCalls, Environment.ProcessorCount);
    }
}
