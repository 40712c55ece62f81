using System.Text.Json;
using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Data.Mapping;
using Carillon.Data.Workflows;
using Carillon.Engine.Tenants;

namespace Carillon.Engine.Triggering;

/// <summary>Checks a trigger call against its workflow and makes it an event that is kept. The order of the checks is the contract's.</summary>
public sealed class Trigger(CarillonDb db, TriggeredWorkflows workflows, EventAcceptor acceptor, Ids ids, TimeProvider clock)
{
    private static readonly JsonElement EmptyObject = JsonDocument.Parse("{}").RootElement;

    public async Task<TriggerOutcome> HandleAsync(TriggerCall call, CancellationToken ct) => (await HandleAsync([call], ct))[0];

    /// <summary>Each call on its own: one that is refused costs the others nothing. Accepted ones share a commit.</summary>
    public async Task<IReadOnlyList<TriggerOutcome>> HandleAsync(IReadOnlyList<TriggerCall> calls, CancellationToken ct)
    {
        // Read beforehand, so that nothing below waits: events of one request get their ids in its order, which is theirs for ever.
        var found = await workflows.FindAsync(db.EnvironmentId, [.. calls.Select(call => call.Name).Distinct()], ct);
        var tenants = await CallTenants.ReadAsync(db, calls, [.. found.Values.Select(one => one.Workflow)], ct);
        return await Task.WhenAll(calls.Select(call => HandleAsync(call, found, tenants, ct)));
    }

    private async Task<TriggerOutcome> HandleAsync(
        TriggerCall call, IReadOnlyDictionary<string, CurrentWorkflow> found, CallTenants tenants, CancellationToken ct)
    {
        if (!found.TryGetValue(call.Name, out var current)) return new TriggerOutcome.UnknownWorkflow();

        var (workflow, version) = current;
        if (MissingReserved(version, call) is { } missing) return new TriggerOutcome.Invalid(missing);
        if (call.Tenant is not null && CallTenants.IdentifierOf(call) is null)
            return new TriggerOutcome.Invalid("tenant.identifier should not be null or undefined");
        if (NothingToDo(workflow, version, call, tenants) is { } status) return new TriggerOutcome.NothingToDo(status);

        var payload = call.Payload ?? EmptyObject;
        if (PayloadRules.ProblemWith(version, payload) is { } problem) return new TriggerOutcome.Invalid(problem);

        var files = EventFiles.Of(PayloadRules.WithDefaults(version, payload));
        return files.Problem is { } unreadable ? new TriggerOutcome.Invalid(unreadable) : await AcceptAsync(call, workflow, files, ct);
    }

    private async Task<TriggerOutcome> AcceptAsync(TriggerCall call, TriggeredWorkflow workflow, EventFiles files, CancellationToken ct)
    {
        var transactionId = call.TransactionId ?? Guid.CreateVersion7(clock.GetUtcNow()).ToString();
        var acceptance = await acceptor.AcceptAsync(EventOf(call, workflow, files, transactionId), ct);
        return acceptance == Acceptance.Overloaded ? new TriggerOutcome.Overloaded() : new TriggerOutcome.Processed(transactionId);
    }

    private Event EventOf(TriggerCall call, TriggeredWorkflow workflow, EventFiles files, string transactionId)
    {
        var (now, id) = (clock.GetUtcNow(), ids.New());
        return new()
        {
            Id = id,
            EnvironmentId = workflow.EnvironmentId,
            OrganizationId = workflow.OrganizationId,
            TransactionId = transactionId,
            WorkflowId = workflow.Id,
            VersionId = workflow.VersionId,
            Recipients = JsonColumn.Write(new EventRecipients(call.To, call.Everybody, call.Actor)),
            Content = JsonColumn.Write(new EventContent(files.Payload, call.Overrides, TenantOf(call), ActorId(call), call.Controls)),
            DueAt = now,
            CreatedAt = now,
            Attachments = files.Pieces(id, workflow.EnvironmentId),
        };
    }

    private static string? ActorId(TriggerCall call) => call.Actor is { } actor ? RecipientList.IdOf(actor) : null;

    private static JsonElement? TenantOf(TriggerCall call) => call.Tenant is { } tenant ? TenantObject.Of(tenant) : null;

    private static string? MissingReserved(WorkflowVersion version, TriggerCall call)
    {
        List<string> missing = [];
        foreach (var variable in version.Trigger.ReservedVariables)
        {
            if ((variable.Type == "tenant" ? call.Tenant : call.Actor) is null)
                missing.Add($"{variable.Type} object");
            else if (variable.Type == "tenant" && CallTenants.IdentifierOf(call) is null)
                missing.Add("identifier property of tenant");
        }

        return missing.Count == 0 ? null : $"Trigger is missing: {string.Join(", ", missing)}";
    }

    private static string? NothingToDo(TriggeredWorkflow workflow, WorkflowVersion version, TriggerCall call, CallTenants tenants)
    {
        var tenant = tenants.Of(call);
        if (call.Tenant is not null && tenant is null) return "no_tenant_found";
        if (!tenants.IsActive(workflow, tenant)) return "trigger_not_active";
        if (version.Steps.Count == 0) return "no_workflow_steps_defined";
        return version.ActiveSteps.Count == 0 ? "no_workflow_active_steps_defined" : null;
    }
}
