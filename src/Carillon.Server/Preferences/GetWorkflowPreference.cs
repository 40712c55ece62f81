using Carillon.Data;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Preferences;

internal static class GetWorkflowPreference
{
    public sealed record View(PreferencesView Preferences, string Type, Sources Source);

    /// <summary>What each level says by itself; only the team's can be said here.</summary>
    public sealed record Sources(
        [property: System.Text.Json.Serialization.JsonPropertyName(WorkflowPreferenceRow.Kind)] PreferencesView Team);

    public static async Task<Results<Answer<View>, Problem>> Handle(
        Query<OfWorkflow> query, Caller caller, CurrentEnvironment environment, CarillonDb db, CancellationToken ct)
    {
        var workflowId = query.Value.WorkflowId;
        var decided = await db.WorkflowPreferences.AsNoTracking().SingleOrDefaultAsync(one => one.WorkflowId == workflowId, ct);
        if (decided is null)
        {
            return Problem.BadRequest("Preferences not found", new Dictionary<string, object>
            {
                ["templateId"] = workflowId,
                ["environmentId"] = environment.Id,
                ["organizationId"] = caller.OrganizationId,
            });
        }

        var preferences = PreferencesView.Of(decided);
        return Answer.Of(new View(preferences, WorkflowPreferenceRow.Kind, new(preferences)));
    }
}
