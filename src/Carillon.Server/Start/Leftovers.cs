namespace Carillon.Server.Start;

/// <summary>
/// Gives back to the machine what starting took and running does not need. Left alone, the collector keeps it while the machine has memory
/// to spare.
/// </summary>
internal static class Leftovers
{
    // By then all that starts has started. Who has grown beyond it meanwhile is at work, and must not be stopped for this.
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(10);
    private const long Small = 64 * 1024 * 1024;

    /// <summary>Not where nobody listens: tests start many servers in one process.</summary>
    public static void GiveBackOnceStarted(WebApplication app) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        if (app.Urls.Count > 0) _ = GiveBackAsync(app.Lifetime.ApplicationStopping);
    });

    private static async Task GiveBackAsync(CancellationToken stopping)
    {
        await Task.Delay(Afterwards, TimeProvider.System, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (stopping.IsCancellationRequested || GC.GetTotalMemory(forceFullCollection: false) > Small) return;

        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
