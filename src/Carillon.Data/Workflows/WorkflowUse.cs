using Carillon.Data.Mapping;

namespace Carillon.Data.Workflows;

/// <summary>
/// That the newest version of a workflow uses a layout or a feed. It could be read from the steps, but only of all workflows;
/// what is in use is asked for by the thing used, which must not go.
/// </summary>
public sealed class WorkflowUse : IEnvironmentOwned
{
    public required string WorkflowId { get; init; }
    public required string UsedId { get; init; }
    public required string EnvironmentId { get; init; }
}
