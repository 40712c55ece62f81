using Carillon.Server.Http.Input;

namespace Carillon.Server.Preferences;

/// <summary>Which workflow a question is about.</summary>
internal sealed record OfWorkflow(string WorkflowId) : IRequest<OfWorkflow>
{
    public static OfWorkflow Read(Fields fields) => new(fields["workflowId"].String().Text.ToLowerInvariant());
}
