using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Data.Preferences;

namespace Carillon.Contract.Execution;

public abstract partial class EngineStoreContract
{
    [Fact]
    public async Task Preferences_come_for_the_workflow_that_is_asked_for_and_for_all()
    {
        var (ann, bob) = (_rows.Id(), _rows.Id(9));
        await InsertAsync(
            Preference(ann, SampleRows.Workflow, email: false), Preference(ann, SubscriberPreference.AllWorkflows, email: true),
            Preference(ann, "another workflow", email: false), Preference(bob, SampleRows.Workflow, email: null));

        var found = await Store.PreferencesAsync([new(Here, ann, SampleRows.Workflow), new(Here, _rows.Id(), SampleRows.Workflow)], Ct);

        Assert.Equal(
            [(ann, "", true), (ann, SampleRows.Workflow, false)],
            found.Select(one => (one.SubscriberId, one.WorkflowId, one.Email!.Value)).OrderBy(one => one.WorkflowId));
        Assert.All(found, one => Assert.Equal((Here, true, null, Now), (one.EnvironmentId, one.Enabled, one.Push, one.CreatedAt)));
    }

    [Fact]
    public async Task Preferences_are_not_shown_to_another_environment()
    {
        var ann = _rows.Id();
        await InsertAsync(Preference(ann, SampleRows.Workflow, email: false));

        Assert.Empty(await Store.PreferencesAsync([new(Elsewhere, ann, SampleRows.Workflow)], Ct));
        Assert.Empty(await Store.PreferencesAsync([], Ct));
    }

    private static SubscriberPreference Preference(string subscriberId, string workflowId, bool? email) => new()
    {
        Bucket = Ids.BucketOf(subscriberId),
        SubscriberId = subscriberId,
        WorkflowId = workflowId,
        EnvironmentId = Here,
        Enabled = true,
        Email = email,
        CreatedAt = Now,
        UpdatedAt = Now,
    };
}
