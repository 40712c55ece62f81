using Carillon.Data.Messages;
using Microsoft.Data.Sqlite;

namespace Carillon.Data.Execution.Sqlite;

public sealed partial class SqliteEngineStore
{
    private const int RunColumnCount = 19;
    private const int MessageColumnCount = 30;

    private static readonly string InsertRun =
        $"INSERT INTO runs ({Rows.RunColumns}) VALUES ({PreparedRow.Placeholders(RunColumnCount)})";

    private static readonly string InsertMessage =
        $"INSERT INTO messages ({Rows.MessageColumns}) VALUES ({PreparedRow.Placeholders(MessageColumnCount)})";

    private static void InsertRuns(SqliteConnection connection, IEnumerable<Run> runs)
    {
        using var insert = new PreparedRow(connection, InsertRun, RunColumnCount);
        foreach (var run in runs)
        {
            insert.Execute(
                run.Bucket, run.Id, run.EnvironmentId, run.EventId, run.SubscriberId, run.WorkflowId, run.VersionId,
                (short)run.Status, run.Step, run.States, run.Trace, Rows.Milliseconds(run.DueAt), run.LeaseToken, run.Attempt,
                run.CancelRequested, run.DigestId, Rows.Milliseconds(run.CreatedAt), Rows.Milliseconds(run.UpdatedAt),
                run.Large);
        }
    }

    private static void InsertMessages(SqliteConnection connection, IEnumerable<Message> messages)
    {
        using var insert = new PreparedRow(connection, InsertMessage, MessageColumnCount);
        foreach (var message in messages)
        {
            insert.Execute(
                message.Bucket, message.Id, message.EnvironmentId, message.SubscriberId, message.RunId, message.EventId,
                message.WorkflowId, message.VersionId, message.Step, message.Channel, message.ProviderId, message.Title,
                message.Subject, message.Content, message.Cta, message.FeedId, message.ActorId, message.Email, message.Phone,
                message.DeviceTokens, message.Status, message.ErrorId, message.ErrorText, message.Identifier, message.VariantId,
                message.Seen, message.Read, message.Archived, Rows.Milliseconds(message.CreatedAt), Rows.Milliseconds(message.UpdatedAt));
        }
    }
}
