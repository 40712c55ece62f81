using Carillon.Data.Messages;
using Npgsql;
using NpgsqlTypes;

namespace Carillon.Data.Execution.Postgres;

public sealed partial class PostgresEngineStore
{
    private const string CopyAttachments = "COPY attachments (event_id, ordinal, part, environment_id, content) FROM STDIN (FORMAT BINARY)";
    private static readonly string CopyRuns = $"COPY runs ({Rows.RunColumns}) FROM STDIN (FORMAT BINARY)";
    private static readonly string CopyMessages = $"COPY messages ({Rows.MessageColumns}) FROM STDIN (FORMAT BINARY)";

    private static async Task CopyAttachmentsAsync(NpgsqlConnection connection, IEnumerable<Attachment> attachments, CancellationToken ct)
    {
        await using var copy = await connection.BeginBinaryImportAsync(CopyAttachments, ct);
        foreach (var piece in attachments)
        {
            await copy.StartRowAsync(ct);
            await TextAsync(copy, piece.EventId, ct);
            await copy.WriteAsync(piece.Ordinal, NpgsqlDbType.Smallint, ct);
            await copy.WriteAsync(piece.Part, NpgsqlDbType.Smallint, ct);
            await TextAsync(copy, piece.EnvironmentId, ct);
            await copy.WriteAsync(piece.Content, NpgsqlDbType.Bytea, ct);
        }

        await copy.CompleteAsync(ct);
    }

    private static async Task CopyRunsAsync(NpgsqlConnection connection, IEnumerable<Run> runs, CancellationToken ct)
    {
        await using var copy = await connection.BeginBinaryImportAsync(CopyRuns, ct);
        foreach (var run in runs)
            await WriteAsync(copy, run, ct);
        await copy.CompleteAsync(ct);
    }

    private static async Task CopyMessagesAsync(NpgsqlConnection connection, IEnumerable<Message> messages, CancellationToken ct)
    {
        IReadOnlyList<Message> rows = [.. messages];
        if (rows.Count == 0) return;

        await using var copy = await connection.BeginBinaryImportAsync(CopyMessages, ct);
        foreach (var message in rows)
            await WriteAsync(copy, message, ct);
        await copy.CompleteAsync(ct);
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter copy, Run run, CancellationToken ct)
    {
        await copy.StartRowAsync(ct);
        await copy.WriteAsync(run.Bucket, NpgsqlDbType.Smallint, ct);
        await TextAsync(copy, run.Id, ct);
        await TextAsync(copy, run.EnvironmentId, ct);
        await TextAsync(copy, run.EventId, ct);
        await TextAsync(copy, run.SubscriberId, ct);
        await TextAsync(copy, run.WorkflowId, ct);
        await TextAsync(copy, run.VersionId, ct);
        await copy.WriteAsync((short)run.Status, NpgsqlDbType.Smallint, ct);
        await copy.WriteAsync(run.Step, NpgsqlDbType.Smallint, ct);
        await TextAsync(copy, run.States, ct);
        await TextAsync(copy, run.Trace, ct);
        await BigAsync(copy, Rows.Milliseconds(run.DueAt), ct);
        await BigAsync(copy, run.LeaseToken, ct);
        await copy.WriteAsync(run.Attempt, NpgsqlDbType.Smallint, ct);
        await copy.WriteAsync(run.CancelRequested, NpgsqlDbType.Boolean, ct);
        await TextAsync(copy, run.DigestId, ct);
        await BigAsync(copy, Rows.Milliseconds(run.CreatedAt), ct);
        await BigAsync(copy, Rows.Milliseconds(run.UpdatedAt), ct);
        await copy.WriteAsync(run.Large, NpgsqlDbType.Boolean, ct);
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter copy, Message message, CancellationToken ct)
    {
        await copy.StartRowAsync(ct);
        await copy.WriteAsync(message.Bucket, NpgsqlDbType.Smallint, ct);
        await TextAsync(copy, message.Id, ct);
        await TextAsync(copy, message.EnvironmentId, ct);
        await TextAsync(copy, message.SubscriberId, ct);
        await TextAsync(copy, message.RunId, ct);
        await TextAsync(copy, message.EventId, ct);
        await TextAsync(copy, message.WorkflowId, ct);
        await TextAsync(copy, message.VersionId, ct);
        await copy.WriteAsync(message.Step, NpgsqlDbType.Smallint, ct);
        await TextAsync(copy, message.Channel, ct);
        await TextAsync(copy, message.ProviderId, ct);
        await TextAsync(copy, message.Title, ct);
        await TextAsync(copy, message.Subject, ct);
        await TextAsync(copy, message.Content, ct);
        await TextAsync(copy, message.Cta, ct);
        await TextAsync(copy, message.FeedId, ct);
        await TextAsync(copy, message.ActorId, ct);
        await TextAsync(copy, message.Email, ct);
        await TextAsync(copy, message.Phone, ct);
        await TextAsync(copy, message.DeviceTokens, ct);
        await TextAsync(copy, message.Status, ct);
        await TextAsync(copy, message.ErrorId, ct);
        await TextAsync(copy, message.ErrorText, ct);
        await TextAsync(copy, message.Identifier, ct);
        await TextAsync(copy, message.VariantId, ct);
        await copy.WriteAsync(message.Seen, NpgsqlDbType.Boolean, ct);
        await copy.WriteAsync(message.Read, NpgsqlDbType.Boolean, ct);
        await copy.WriteAsync(message.Archived, NpgsqlDbType.Boolean, ct);
        await BigAsync(copy, Rows.Milliseconds(message.CreatedAt), ct);
        await BigAsync(copy, Rows.Milliseconds(message.UpdatedAt), ct);
    }

    private static Task TextAsync(NpgsqlBinaryImporter copy, string? text, CancellationToken ct) =>
        text is null ? copy.WriteNullAsync(ct) : copy.WriteAsync(text, NpgsqlDbType.Text, ct);

    private static Task BigAsync(NpgsqlBinaryImporter copy, long? number, CancellationToken ct) =>
        number is { } value ? copy.WriteAsync(value, NpgsqlDbType.Bigint, ct) : copy.WriteNullAsync(ct);
}
