using Carillon.Engine.Running;

namespace Carillon.Engine.Steps;

/// <summary>Knows one kind of step. It holds no state and writes nothing: what it decides, the engine does.</summary>
public interface IStepHandler
{
    /// <summary>The wire's name of the kind: <c>in_app</c>, <c>email</c> …</summary>
    string Type { get; }

    /// <summary>Whether the step may have to call a provider, which is never done while a transaction is being prepared.</summary>
    bool LeavesTheProcess { get; }

    /// <summary>Whether the step is there to wait: what it waits for is noted before it is queued, and not the other way round.</summary>
    bool Waits => false;

    StepOutcome Decide(RunWork work);
}
