using Carillon.Data;
using Carillon.Data.Workflows;
using Carillon.Engine.Templating;

namespace Carillon.Server.Workflows.Steps;

/// <summary>Collects from the steps what a caller must and may give when triggering.</summary>
internal sealed class TriggerWriter(Ids ids)
{
    public WorkflowTrigger Write(string identifier, IReadOnlyList<WorkflowStep> steps, WorkflowTrigger? known)
    {
        var used = TemplateVariables.Of(steps);
        return new()
        {
            Id = known?.Id ?? ids.New(),
            Identifier = identifier,
            Variables = [.. used.Variables.Select(variable => new TriggerVariable(ids.New(), variable.Name, variable.Type))],
            SubscriberVariables = [.. used.SubscriberFields.Select(name => new TriggerVariable(ids.New(), name))],
            ReservedVariables = [.. used.Reserved.Select(Reserve)],
        };
    }

    private ReservedVariable Reserve(string type) =>
        new(ids.New(), type, [new(ids.New(), type == "tenant" ? "identifier" : "subscriberId", "String")]);
}
