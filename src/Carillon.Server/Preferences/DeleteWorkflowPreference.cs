using System.Text.Json.Serialization;
using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Preferences;

/// <summary>Takes the team's decision back; the workflow's own settings count again.</summary>
internal static class DeleteWorkflowPreference
{
    /// <summary>In the contract's words, which are those of a database.</summary>
    public sealed record View(int ModifiedCount, int MatchedCount)
    {
        public bool Acknowledged { get; } = true;

        [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
        public string? UpsertedId { get; }
        public int UpsertedCount { get; }
    }

    public static async Task<Answer<View>> Handle(Query<OfWorkflow> query, CarillonDb db, CancellationToken ct)
    {
        var deleted = await db.WorkflowPreferences.Where(one => one.WorkflowId == query.Value.WorkflowId).ExecuteDeleteAsync(ct);
        return Answer.Of(new View(deleted, deleted));
    }
}
