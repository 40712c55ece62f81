using Carillon.Engine.Running;

namespace Carillon.Engine.Steps.Custom;

/// <summary>A place for code of a workflow's own behind a bridge. Without one there is nothing to do, and nothing is sent.</summary>
public sealed class CustomStep : IStepHandler
{
    public string Type => "custom";
    public bool LeavesTheProcess => false;

    public StepOutcome Decide(RunWork work) => new StepOutcome.Completed();
}
