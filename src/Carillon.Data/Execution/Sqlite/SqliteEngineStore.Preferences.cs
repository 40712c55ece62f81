using Carillon.Data.Preferences;

namespace Carillon.Data.Execution.Sqlite;

public sealed partial class SqliteEngineStore
{
    private static readonly string Preferences = $"""
        SELECT {Rows.Qualified("p", Rows.PreferenceColumns)}
        FROM json_each(@ids) v JOIN subscriber_preferences p ON p.bucket = v.value ->> 0 AND p.subscriber_id = v.value ->> 1
          AND p.environment_id = v.value ->> 2 AND p.workflow_id IN ('{SubscriberPreference.AllWorkflows}', v.value ->> 3)
        """;

    public Task<IReadOnlyList<SubscriberPreference>> PreferencesAsync(IReadOnlyCollection<PreferenceOwner> owners, CancellationToken ct) =>
        QueryAsync(
            Preferences,
            Rows.Preference,
            ct,
            ("@ids", Mapping.JsonColumn.Write(owners.Select(owner =>
                new object[] { Ids.BucketOf(owner.SubscriberId), owner.SubscriberId, owner.EnvironmentId, owner.WorkflowId }))));
}
