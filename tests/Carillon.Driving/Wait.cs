using System.Diagnostics;

namespace Carillon.Driving;

/// <summary>Another process gives no signals, so from outside there is nothing but looking again.</summary>
public static class Wait
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    public static async Task UntilAsync(Func<Task<bool>> holds, TimeSpan patience)
    {
        var watch = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Interval);
        while (!await holds())
        {
            if (watch.Elapsed > patience) throw new TimeoutException($"It did not come about within {patience}.");
            await timer.WaitForNextTickAsync();
        }
    }
}
