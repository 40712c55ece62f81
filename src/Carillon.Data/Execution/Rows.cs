using System.Data.Common;
using System.Text.Json;
using Carillon.Data.Mapping;
using Carillon.Data.Outgoing;
using Carillon.Data.Preferences;
using Carillon.Data.Subscribers;

namespace Carillon.Data.Execution;

/// <summary>The column lists of the hot tables, and how a row of each is read: the same for both databases.</summary>
internal static class Rows
{
    public const string EventColumns =
        "id, environment_id, organization_id, given_transaction_id, workflow_id, version_id, recipients, content, status, cursor, "
        + "run_count, problems, due_at, lease_token, attempt, created_at, large";

    public const string RunColumns =
        "bucket, id, environment_id, event_id, subscriber_id, workflow_id, version_id, status, step, states, trace, due_at, "
        + "lease_token, attempt, cancel_requested, digest_id, created_at, updated_at, large";

    public const string MessageColumns =
        "bucket, id, environment_id, subscriber_id, run_id, event_id, workflow_id, version_id, step, channel, provider_id, title, "
        + "subject, content, cta, feed_id, actor_id, email, phone, device_tokens, status, error_id, error_text, identifier, variant_id, seen, "
        + "read, archived, created_at, updated_at";

    public const string SubscriberColumns =
        "id, environment_id, organization_id, external_id, first_name, last_name, email, phone, avatar, locale, timezone, data, "
        + "is_online, last_online_at, created_at, updated_at, deleted_at";

    public const string PreferenceColumns =
        "bucket, subscriber_id, workflow_id, environment_id, enabled, email, sms, in_app, chat, push, created_at, updated_at";

    public const string WorkflowColumns = "environment_id, identifier, id, organization_id, version_id, active";

    public const string OutgoingColumns =
        "id, environment_id, endpoint_id, message_id, type, payload, status, due_at, lease_token, attempt, last_status, last_error, created_at, updated_at";

    public static string Qualified(string alias, string columns) =>
        string.Join(", ", columns.Split(", ").Select(column => $"{alias}.{column}"));

    public static Event Event(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        EnvironmentId = row.GetString(1),
        OrganizationId = row.GetString(2),
        GivenTransactionId = Text(row, 3),
        WorkflowId = row.GetString(4),
        VersionId = row.GetString(5),
        Recipients = row.GetString(6),
        Content = row.GetString(7),
        Status = (EventStatus)row.GetInt16(8),
        Cursor = Text(row, 9),
        RunCount = row.GetInt32(10),
        Problems = Text(row, 11),
        DueAt = Instant(row, 12),
        LeaseToken = Number(row, 13),
        Attempt = row.GetInt16(14),
        CreatedAt = Instant(row, 15)!.Value,
        Large = row.GetBoolean(16),
    };

    public static Run Run(DbDataReader row) => new()
    {
        Bucket = row.GetInt16(0),
        Id = row.GetString(1),
        EnvironmentId = row.GetString(2),
        EventId = row.GetString(3),
        SubscriberId = row.GetString(4),
        WorkflowId = row.GetString(5),
        VersionId = row.GetString(6),
        Status = (RunStatus)row.GetInt16(7),
        Step = row.GetInt16(8),
        States = row.GetString(9),
        Trace = row.GetString(10),
        DueAt = Instant(row, 11),
        LeaseToken = Number(row, 12),
        Attempt = row.GetInt16(13),
        CancelRequested = row.GetBoolean(14),
        DigestId = Text(row, 15),
        CreatedAt = Instant(row, 16)!.Value,
        UpdatedAt = Instant(row, 17)!.Value,
        Large = row.GetBoolean(18),
    };

    public static Subscriber Subscriber(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        EnvironmentId = row.GetString(1),
        OrganizationId = row.GetString(2),
        ExternalId = row.GetString(3),
        FirstName = Text(row, 4),
        LastName = Text(row, 5),
        Email = Text(row, 6),
        Phone = Text(row, 7),
        Avatar = Text(row, 8),
        Locale = Text(row, 9),
        Timezone = Text(row, 10),
        Data = Text(row, 11) is { } data ? JsonColumn.Read<JsonElement>(data) : null,
        IsOnline = Truth(row, 12),
        LastOnlineAt = Instant(row, 13),
        CreatedAt = Instant(row, 14)!.Value,
        UpdatedAt = Instant(row, 15)!.Value,
        DeletedAt = Instant(row, 16),
    };

    public static SubscriberPreference Preference(DbDataReader row) => new()
    {
        Bucket = row.GetInt16(0),
        SubscriberId = row.GetString(1),
        WorkflowId = row.GetString(2),
        EnvironmentId = row.GetString(3),
        Enabled = Truth(row, 4),
        Email = Truth(row, 5),
        Sms = Truth(row, 6),
        InApp = Truth(row, 7),
        Chat = Truth(row, 8),
        Push = Truth(row, 9),
        CreatedAt = Instant(row, 10)!.Value,
        UpdatedAt = Instant(row, 11)!.Value,
    };

    public static TriggeredWorkflow Workflow(DbDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetBoolean(5));

    public static DueEndpoint DueEndpoint(DbDataReader row) => new(row.GetString(0), Instant(row, 1)!.Value);

    public static OutgoingEvent OutgoingEvent(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        EnvironmentId = row.GetString(1),
        EndpointId = row.GetString(2),
        MessageId = row.GetString(3),
        Type = row.GetString(4),
        Payload = row.GetString(5),
        Status = (OutgoingStatus)row.GetInt16(6),
        DueAt = Instant(row, 7),
        LeaseToken = Number(row, 8),
        Attempt = row.GetInt16(9),
        LastStatus = row.IsDBNull(10) ? null : row.GetInt16(10),
        LastError = Text(row, 11),
        CreatedAt = Instant(row, 12)!.Value,
        UpdatedAt = Instant(row, 13)!.Value,
    };

    public static ReportedMessage ReportedMessage(DbDataReader row) => new(
        row.GetInt16(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetInt16(5), row.GetString(6), row.GetString(7));

    public static DateTimeOffset? Instant(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    public static long Milliseconds(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds();

    public static long? Milliseconds(DateTimeOffset? instant) => instant?.ToUnixTimeMilliseconds();

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static bool? Truth(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetBoolean(column);

    private static long? Number(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
}
