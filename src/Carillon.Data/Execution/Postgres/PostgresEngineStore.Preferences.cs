using Carillon.Data.Preferences;

namespace Carillon.Data.Execution.Postgres;

public sealed partial class PostgresEngineStore
{
    private static readonly string Preferences = $"""
        SELECT {Rows.Qualified("p", Rows.PreferenceColumns)}
        FROM unnest(@buckets, @subscribers, @environments, @workflows) AS v(bucket, subscriber_id, environment_id, workflow_id)
        JOIN subscriber_preferences p ON p.bucket = v.bucket AND p.subscriber_id = v.subscriber_id
          AND p.environment_id = v.environment_id AND p.workflow_id IN ('{SubscriberPreference.AllWorkflows}', v.workflow_id)
        """;

    public Task<IReadOnlyList<SubscriberPreference>> PreferencesAsync(IReadOnlyCollection<PreferenceOwner> owners, CancellationToken ct) =>
        QueryAsync(
            Preferences,
            Rows.Preference,
            ct,
            Smalls("buckets", owners.Select(owner => (short)Ids.BucketOf(owner.SubscriberId))),
            Texts("subscribers", owners.Select(owner => owner.SubscriberId)),
            Texts("environments", owners.Select(owner => owner.EnvironmentId)),
            Texts("workflows", owners.Select(owner => owner.WorkflowId)));
}
