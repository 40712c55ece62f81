using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Carillon.Data.Hints.Redis;

/// <summary>
/// Hints over publish and subscribe of Redis, with a channel for work and one for each subscriber, so that a node hears only of those
/// whom it follows. Nothing is kept there; when it is away, so are only the hints.
/// </summary>
public sealed partial class RedisHints(string configuration, TimeProvider clock, ILogger<RedisHints> logger) : NodeHints
{
    private const int SecondsUntilDead = 10;

    // Whether each is subscribed to, or about to be.
    private readonly ConcurrentDictionary<string, bool> _followed = new();
    private ISubscriber? _redis;
    private DateTimeOffset? _awaySince;

    // No field: with one, looking through the types of this assembly, as migrating does, would load the library where there is no Redis.
    private static RedisChannel Work => RedisChannel.Literal("carillon:work");

    public override async Task RunAsync(CancellationToken stop)
    {
        var options = ConfigurationOptions.Parse(configuration);
        options.AbortOnConnectFail = false;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.KeepAlive = SecondsUntilDead;
        await using var connection = await ConnectionMultiplexer.ConnectAsync(options);
        connection.ConnectionFailed += (_, failure) => NoteAway(failure);
        connection.ConnectionRestored += (_, _) => _ = NoteBackAsync();
        if (!connection.IsConnected) NoteAway(failure: null);

        var redis = connection.GetSubscriber();
        redis.Subscribe(Work, (_, payload) => OnWork(payload), CommandFlags.FireAndForget);
        Volatile.Write(ref _redis, redis);
        foreach (var subscriberId in _followed.Keys)
            Subscribe(redis, subscriberId);

        await Task.Delay(Timeout.InfiniteTimeSpan, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Volatile.Write(ref _redis, null);
    }

    public override void Follow(string subscriberId)
    {
        _followed.TryAdd(subscriberId, false);
        if (Volatile.Read(ref _redis) is { } redis) Subscribe(redis, subscriberId);
    }

    public override void Unfollow(string subscriberId)
    {
        _followed.TryRemove(subscriberId, out _);
        Volatile.Read(ref _redis)?.Unsubscribe(Inbox(subscriberId), flags: CommandFlags.FireAndForget);
    }

    protected override void PublishWork(char word) => Publish(Work, $"{Node}\n{word}");

    protected override void PublishClaimed(int count) => Publish(Work, $"{Node}\n{Claimed(count)}");

    protected override void PublishInbox(InboxChange change) => Publish(Inbox(change.SubscriberId), $"{Node}\n{Written(change)}");

    private void Publish(RedisChannel channel, string payload) =>
        Volatile.Read(ref _redis)?.Publish(channel, payload, CommandFlags.FireAndForget);

    private void Subscribe(ISubscriber redis, string subscriberId)
    {
        if (!_followed.TryUpdate(subscriberId, true, false)) return;

        var since = clock.GetUtcNow();
        _ = SubscribeAsync();

        async Task SubscribeAsync()
        {
            try
            {
                await redis.SubscribeAsync(Inbox(subscriberId), (_, payload) => OnInbox(payload));
                TellMissed(new(since, [subscriberId]));
            }
            catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
            {
                // It is subscribed to again with the connection, and what was missed is told of then.
            }
        }
    }

    private void OnWork(RedisValue payload)
    {
        if (OfOthers(payload) is { } told) HearWork(told.Node, told.Content);
    }

    private void OnInbox(RedisValue payload)
    {
        if (OfOthers(payload) is { } told) HearInbox(Read(told.Content));
    }

    private (string Node, string Content)? OfOthers(RedisValue payload) =>
        payload.ToString().Split('\n') is [var node, var content] && node != Node ? (node, content) : null;

    private void NoteAway(ConnectionFailedEventArgs? failure)
    {
        if (_awaySince is not null) return;

        _awaySince = clock.GetUtcNow() - TimeSpan.FromSeconds(SecondsUntilDead);
        Log.Away(logger, failure?.Exception);
    }

    private async Task NoteBackAsync()
    {
        if (_awaySince is not { } since) return;

        try
        {
            // Answered behind the subscriptions, so from here on nothing is missed.
            if (Volatile.Read(ref _redis) is { } redis) await redis.PingAsync();
            _awaySince = null;
            TellMissed(new(since));
            Publish(Work, $"{Node}\n{LostSince(since)}");
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
        {
            // Away again; it will be back again.
        }
    }

    private static RedisChannel Inbox(string subscriberId) => RedisChannel.Literal($"carillon:inbox:{subscriberId}");

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Redis is away. Hints of other nodes come late until it is back.")]
        public static partial void Away(ILogger logger, Exception? failure);
    }
}
