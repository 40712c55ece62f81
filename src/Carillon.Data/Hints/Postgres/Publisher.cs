using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Carillon.Data.Hints.Postgres;

/// <summary>One connection that tells the others, for as long as it holds.</summary>
internal sealed class Publisher(NpgsqlDataSource source, Outbox outbox, string node, TimeProvider clock)
{
    // What PostgreSQL takes is a little less than 8000 bytes.
    private const int LongestPayload = 7_900;

    private const string Statement = "SELECT pg_notify(told.channel, told.payload) FROM unnest($1, $2) AS told (channel, payload)";

    private static readonly TimeSpan Collecting = TimeSpan.FromMilliseconds(10);

    public async Task RunAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);

        // Notifying is a commit, and a hint is not worth a flush to disk.
        await using (var hurry = new NpgsqlCommand("SET synchronous_commit = off", connection))
            await hurry.ExecuteNonQueryAsync(ct);

        await using var telling = new NpgsqlCommand(Statement, connection) { Parameters = { Texts(), Texts() } };
        await telling.PrepareAsync(ct);
        while (true)
        {
            await outbox.WaitAsync(ct);
            await Task.Delay(Collecting, clock, ct);
            await SendAsync(telling, ct);
        }
    }

    private async Task SendAsync(NpgsqlCommand telling, CancellationToken ct)
    {
        var told = Notifications().ToList();
        if (told.Count == 0) return;

        telling.Parameters[0].Value = told.Select(one => one.Channel).ToArray();
        telling.Parameters[1].Value = told.Select(one => one.Payload).ToArray();
        await telling.ExecuteNonQueryAsync(ct);
    }

    private static NpgsqlParameter Texts() => new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    private IEnumerable<(string Channel, string Payload)> Notifications()
    {
        var (work, claimed, inboxes) = outbox.TakeAll();
        foreach (var word in work)
            yield return (Channels.Work, $"{node}\n{word}");
        if (claimed > 0) yield return (Channels.Work, $"{node}\n{NodeHints.Claimed(claimed)}");

        foreach (var (bucket, lines) in inboxes)
        {
            foreach (var payload in Payloads(lines))
                yield return (Channels.Inbox(bucket), payload);
        }
    }

    private IEnumerable<string> Payloads(IEnumerable<string> lines)
    {
        var payload = new StringBuilder(node);
        foreach (var line in lines)
        {
            if (payload.Length + line.Length >= LongestPayload)
            {
                yield return payload.ToString();
                payload.Clear().Append(node);
            }

            payload.Append('\n').Append(line);
        }

        yield return payload.ToString();
    }
}
