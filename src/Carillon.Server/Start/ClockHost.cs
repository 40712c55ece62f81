using System.Data.Common;
using Carillon.Data;

namespace Carillon.Server.Start;

/// <summary>Sets our time by the database's, before anything else begins and then every few seconds. An embedded store has none of its own.</summary>
internal sealed partial class ClockHost(Database database, ILogger<ClockHost> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WorthSaying = TimeSpan.FromSeconds(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (database.Clock is DatabaseClock clock)
        {
            await clock.LookAsync(cancellationToken);
            if (clock.Ahead.Duration() > WorthSaying) Log.Differs(logger, clock.Ahead);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (database.Clock is not DatabaseClock clock) return;

        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await LookAsync(clock, stoppingToken);
    }

    private static async Task LookAsync(DatabaseClock clock, CancellationToken ct)
    {
        try
        {
            await clock.LookAsync(ct);
        }
        catch (DbException)
        {
            // It is away; until it is back the last look holds.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "This machine's clock is {Ahead} ahead of the database's, which counts.")]
        public static partial void Differs(ILogger logger, TimeSpan ahead);
    }
}
