using System.Diagnostics;
using Carillon.Driving;

namespace Carillon.Benchmarks;

/// <summary>What a server costs that has nothing to do.</summary>
internal static class Idle
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Watching = TimeSpan.FromSeconds(30);

    /// <summary>Of a server that has answered something. Memory is what is resident, mapped files and all (<c>VmRSS</c>).</summary>
    public static async Task<IReadOnlyList<Measure>> MeasureAsync(ServerProcess server)
    {
        // Idle is what is left when the compiler has improved what starting took.
        await Task.Delay(Settling);
        var (watch, before) = (Stopwatch.StartNew(), server.Processor);
        await Task.Delay(Watching);
        var share = 100 * (server.Processor - before) / watch.Elapsed;
        return
        [
            Measure.AtMost("idle, share of one core", share, 1, "%"),
            Measure.AtMost("idle, memory", server.Memory, 150, "MB"),
            Measure.Of("idle, memory that is no page of a file", server.OwnMemory, "MB"),
        ];
    }
}
