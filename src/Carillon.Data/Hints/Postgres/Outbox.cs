using System.Threading.Channels;

namespace Carillon.Data.Hints.Postgres;

/// <summary>What is to be told to the others, collected until it is sent. Its size is limited: hints may be lost, memory may not.</summary>
internal sealed class Outbox
{
    private const int MostLines = 50_000;
    private const int MostWords = 10;

    private readonly Lock _lock = new();
    private readonly Channel<bool> _filled = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly HashSet<string> _work = [];
    private int _claimed;
    private Dictionary<byte, List<string>> _inboxes = [];
    private int _lines;

    public void AddWork(string word)
    {
        lock (_lock)
        {
            if (_work.Count < MostWords) _work.Add(word);
        }

        _filled.Writer.TryWrite(true);
    }

    /// <summary>Runs that were claimed add up: however many tellings there are, they take no word's room.</summary>
    public void AddClaimed(int count)
    {
        lock (_lock) _claimed += count;
        _filled.Writer.TryWrite(true);
    }

    public void Add(byte bucket, string line)
    {
        lock (_lock)
        {
            if (_lines >= MostLines) return;

            _lines++;
            if (!_inboxes.TryGetValue(bucket, out var lines)) _inboxes[bucket] = lines = [];
            lines.Add(line);
        }

        _filled.Writer.TryWrite(true);
    }

    public async Task WaitAsync(CancellationToken ct) => await _filled.Reader.ReadAsync(ct);

    public (IReadOnlyList<string> Work, int Claimed, IReadOnlyDictionary<byte, List<string>> Inboxes) TakeAll()
    {
        lock (_lock)
        {
            (IReadOnlyList<string>, int, IReadOnlyDictionary<byte, List<string>>) taken = ([.. _work], _claimed, _inboxes);
            (_inboxes, _lines, _claimed) = ([], 0, 0);
            _work.Clear();
            return taken;
        }
    }
}
