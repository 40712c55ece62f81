using Carillon.Data.Workflows;
using Carillon.Server.Http.Answers;

namespace Carillon.Server.Workflows.Steps;

/// <summary>The steps of the next version, and what its trigger asks for because of them; or why there will be none.</summary>
internal sealed record WrittenSteps(IReadOnlyList<WorkflowStep> Steps, WorkflowTrigger Trigger, Problem? Problem = null)
{
    /// <summary>The layouts and feeds that the client chose, other than those that a step has anyway.</summary>
    public IReadOnlyList<string> ChosenIds { get; init; } = [];

    public static WrittenSteps Refused(Problem problem) => new([], new() { Id = "", Identifier = "" }, problem);
}
