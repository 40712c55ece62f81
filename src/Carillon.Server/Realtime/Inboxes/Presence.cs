using System.Collections.Concurrent;
using Carillon.Engine;

namespace Carillon.Server.Realtime.Inboxes;

/// <summary>
/// Writes down who has sockets at this process, many at a time, and that this process lives. Nodes that have not said so in time are
/// taken for dead and their subscribers for gone, so that no crash leaves anybody online for ever.
/// </summary>
internal sealed class Presence : EngineLoop
{
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    // Who comes to a quiet house is written down at once; when a crowd comes, those of a moment are, and not whoever left and came back in it.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);

    private readonly PresenceRows _rows;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, Visitor> _here = new();
    private readonly ConcurrentDictionary<string, Visitor> _changed = new();
    private readonly HashSet<string> _written = [];
    private DateTimeOffset _beatDue = DateTimeOffset.MinValue;
    private DateTimeOffset _writeDue = DateTimeOffset.MinValue;

    public Presence(PresenceRows rows, EngineRuntime engine, ILogger<Presence> logger) : base(engine, logger) =>
        (_rows, _clock) = (rows, engine.Clock);

    public void Came(Visitor visitor)
    {
        _here[visitor.SubscriberId] = visitor;
        Note(visitor);
    }

    public void Left(Visitor visitor)
    {
        _here.TryRemove(visitor.SubscriberId, out _);
        Note(visitor);
    }

    protected override async Task<TimeSpan> TurnAsync(CancellationToken ct)
    {
        var now = _clock.GetUtcNow();
        if (now >= _beatDue) await BeatAsync(now, ct);

        if (now >= _writeDue && !_changed.IsEmpty)
        {
            await WriteAsync([.. _changed.Values], now, ct);
            _writeDue = now + Moment;
        }

        var rest = (_changed.IsEmpty || _beatDue < _writeDue ? _beatDue : _writeDue) - _clock.GetUtcNow();
        return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
    }

    private void Note(Visitor visitor)
    {
        _changed[visitor.SubscriberId] = visitor;
        Wake();
    }

    private async Task BeatAsync(DateTimeOffset now, CancellationToken ct)
    {
        await _rows.BuryAsync(now, ct);

        // While nobody is here, nobody needs to know that we live; and whoever was taken for dead begins anew.
        if (!_here.IsEmpty && !await _rows.LiveAsync(now, ct))
        {
            _written.Clear();
            foreach (var visitor in _here.Values)
                _changed[visitor.SubscriberId] = visitor;
        }

        _beatDue = now + Beat;
    }

    private async Task WriteAsync(IReadOnlyList<Visitor> changed, DateTimeOffset now, CancellationToken ct)
    {
        // Forgotten first: who changes again while this is written is to be written again.
        foreach (var visitor in changed)
            _changed.TryRemove(visitor.SubscriberId, out _);

        try
        {
            var came = changed.Where(visitor => _here.ContainsKey(visitor.SubscriberId) && !_written.Contains(visitor.SubscriberId)).ToList();
            var left = changed.Where(visitor => !_here.ContainsKey(visitor.SubscriberId) && _written.Contains(visitor.SubscriberId)).ToList();
            await _rows.AddAsync(came, now, ct);
            _written.UnionWith(came.Select(visitor => visitor.SubscriberId));
            await _rows.RemoveAsync(left, now, ct);
            _written.ExceptWith(left.Select(visitor => visitor.SubscriberId));
        }
        catch
        {
            foreach (var visitor in changed)
                _changed.TryAdd(visitor.SubscriberId, visitor);
            throw;
        }
    }
}
