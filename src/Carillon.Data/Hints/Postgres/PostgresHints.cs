using Microsoft.Extensions.Logging;
using Npgsql;

namespace Carillon.Data.Hints.Postgres;

/// <summary>
/// Hints over LISTEN and NOTIFY. Work has one channel; inboxes have one for each bucket, and a node listens to those in which somebody
/// has a socket here. What is told is collected for a moment and sent in one statement that waits for no disk.
/// </summary>
public sealed partial class PostgresHints(NpgsqlDataSource source, TimeProvider clock, ILogger<PostgresHints> logger) : NodeHints
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Outbox _outbox = new();
    private readonly Followed _followed = new(clock);

    public override Task RunAsync(CancellationToken stop) => Task.WhenAll(ListenAsync(stop), PublishAsync(stop));

    public override void Follow(string subscriberId) => _followed.Add(subscriberId);

    public override void Unfollow(string subscriberId) => _followed.Remove(subscriberId);

    protected override void PublishWork(char word) => _outbox.AddWork(word.ToString());

    protected override void PublishClaimed(int count) => _outbox.AddClaimed(count);

    protected override void PublishInbox(InboxChange change) => _outbox.Add(Ids.BucketOf(change.SubscriberId), Written(change));

    private async Task ListenAsync(CancellationToken stop)
    {
        DateTimeOffset? awaySince = null;
        while (!stop.IsCancellationRequested)
        {
            var listener = new Listener(source, _followed, Hear, clock);
            try
            {
                var heard = await listener.OpenAsync(stop);
                if (awaySince is { } since) TellMissed(new(since));
                else if (heard.Count > 0) TellMissed(_followed.GapOf(heard));
                awaySince = null;
                await listener.RunAsync(TellMissed, stop);
            }
            catch (Exception e) when (IsAway(e, stop))
            {
                if (awaySince is null && !stop.IsCancellationRequested) Log.Away(logger, e);
                awaySince ??= listener.HeardUntil;
                await RestAsync(stop);
            }
            finally
            {
                await listener.DisposeAsync();
            }
        }
    }

    private async Task PublishAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await new Publisher(source, _outbox, Node, clock).RunAsync(stop);
            }
            catch (Exception e) when (IsAway(e, stop))
            {
                // What was on its way may have been lost; who listens shall look.
                _outbox.AddWork(LostSince(clock.GetUtcNow()));
                await RestAsync(stop);
            }
        }
    }

    private void Hear(string channel, string payload)
    {
        var lines = payload.Split('\n');
        if (lines[0] == Node) return;

        if (channel == Channels.Work) HearWork(lines[0], lines[1]);
        else foreach (var line in lines[1..]) HearInbox(Read(line));
    }

    private async Task RestAsync(CancellationToken stop)
    {
        try { await Task.Delay(Pause, clock, stop); }
        catch (OperationCanceledException) { /* stopping */ }
    }

    private static bool IsAway(Exception e, CancellationToken stop) =>
        e is NpgsqlException or IOException or TimeoutException or ObjectDisposedException
        || (e is OperationCanceledException && stop.IsCancellationRequested);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The other nodes' hints cannot be heard; what they bring comes later until they can.")]
        public static partial void Away(ILogger logger, Exception failure);
    }
}
