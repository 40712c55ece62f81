using Carillon.Engine.Triggering;
using Carillon.Server.Http.Answers;

namespace Carillon.Server.Events;

/// <summary>Outcomes of a trigger call that are no success, in the contract's words.</summary>
internal static class Refusals
{
    public static Problem? Of(TriggerOutcome outcome) => outcome switch
    {
        TriggerOutcome.UnknownWorkflow => Problem.Unprocessable("workflow_not_found"),
        TriggerOutcome.Invalid invalid => Problem.BadRequest(invalid.Message),
        TriggerOutcome.Overloaded => Problem.Unavailable("Too many events are waiting to be stored. Please retry after 1 second"),
        _ => null,
    };
}
