using Carillon.Data.Messages;
using Carillon.Data.Outgoing;
using Npgsql;

namespace Carillon.Data.Execution.Postgres;

public sealed partial class PostgresEngineStore
{
    private static readonly CopyTarget<Attachment> Attachments = new("attachments", "event_id, ordinal, part, environment_id, content", Write);
    private static readonly CopyTarget<Run> Runs = new("runs", Rows.RunColumns, Write);
    private static readonly CopyTarget<Message> Messages = new("messages", Rows.MessageColumns, Write);
    private static readonly CopyTarget<OutgoingEvent> Outgoing = new("outgoing_events", Rows.OutgoingColumns, Write);

    private static async Task CopyAsync<T>(NpgsqlConnection connection, CopyTarget<T> target, IEnumerable<T> rows, CancellationToken ct)
    {
        using var all = rows.GetEnumerator();
        if (!all.MoveNext()) return;

        await using var copy = await connection.BeginRawBinaryCopyAsync(target.Sql, ct);
        using var buffer = new CopyBuffer();
        buffer.Begin();
        do
        {
            buffer.Row(target.Columns);
            target.Write(all.Current, buffer);
            if (buffer.IsFull) await buffer.SendAsync(copy, ct);
        }
        while (all.MoveNext());

        buffer.Complete();
        await buffer.SendAsync(copy, ct);
    }

    private static void Write(Attachment piece, CopyBuffer row)
    {
        row.Text(piece.EventId);
        row.Small(piece.Ordinal);
        row.Small(piece.Part);
        row.Text(piece.EnvironmentId);
        row.Bytes(piece.Content);
    }

    private static void Write(Run run, CopyBuffer row)
    {
        row.Small(run.Bucket);
        row.Text(run.Id);
        row.Text(run.EnvironmentId);
        row.Text(run.EventId);
        row.Text(run.SubscriberId);
        row.Text(run.WorkflowId);
        row.Text(run.VersionId);
        row.Small((short)run.Status);
        row.Small(run.Step);
        row.Text(run.States);
        row.Text(run.Trace);
        row.Big(Rows.Milliseconds(run.DueAt));
        row.Big(run.LeaseToken);
        row.Small(run.Attempt);
        row.Truth(run.CancelRequested);
        row.Text(run.DigestId);
        row.Big(Rows.Milliseconds(run.CreatedAt));
        row.Big(Rows.Milliseconds(run.UpdatedAt));
        row.Truth(run.Large);
    }

    private static void Write(Message message, CopyBuffer row)
    {
        row.Small(message.Bucket);
        row.Text(message.Id);
        row.Text(message.EnvironmentId);
        row.Text(message.SubscriberId);
        row.Text(message.RunId);
        row.Text(message.EventId);
        row.Text(message.WorkflowId);
        row.Text(message.VersionId);
        row.Small(message.Step);
        row.Text(message.Channel);
        row.Text(message.ProviderId);
        row.Text(message.Title);
        row.Text(message.Subject);
        row.Text(message.Content);
        row.Text(message.Cta);
        row.Text(message.FeedId);
        row.Text(message.ActorId);
        row.Text(message.Email);
        row.Text(message.Phone);
        row.Text(message.DeviceTokens);
        row.Text(message.Status);
        row.Text(message.ErrorId);
        row.Text(message.ErrorText);
        row.Text(message.Identifier);
        row.Text(message.VariantId);
        row.Truth(message.Seen);
        row.Truth(message.Read);
        row.Truth(message.Archived);
        row.Big(Rows.Milliseconds(message.CreatedAt));
        row.Big(Rows.Milliseconds(message.UpdatedAt));
    }

    private static void Write(OutgoingEvent e, CopyBuffer row)
    {
        row.Text(e.Id);
        row.Text(e.EnvironmentId);
        row.Text(e.EndpointId);
        row.Text(e.MessageId);
        row.Text(e.Type);
        row.Text(e.Payload);
        row.Small((short)e.Status);
        row.Big(Rows.Milliseconds(e.DueAt));
        row.Big(e.LeaseToken);
        row.Small(e.Attempt);
        row.Nothing();
        row.Text(e.LastError);
        row.Big(Rows.Milliseconds(e.CreatedAt));
        row.Big(Rows.Milliseconds(e.UpdatedAt));
    }

    /// <summary>A table, those of its columns that are written, and what writes them in that order.</summary>
    private sealed record CopyTarget<T>(string Table, string Names, Action<T, CopyBuffer> Write)
    {
        public string Sql { get; } = $"COPY {Table} ({Names}) FROM STDIN (FORMAT BINARY)";

        public int Columns { get; } = Names.Count(letter => letter == ',') + 1;
    }
}
