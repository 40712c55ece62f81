using System.Text.Json;
using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Engine.Tenants;

namespace Carillon.Engine.Triggering;

/// <summary>Makes the event that is kept of a call.</summary>
public sealed class EventFactory(Ids ids, TimeProvider clock)
{
    public string NewId() => ids.New();

    internal Event Make(TriggerCall call, string id, TriggeredWorkflow workflow, EventFiles files)
    {
        var now = clock.GetUtcNow();
        return new()
        {
            Id = id,
            EnvironmentId = workflow.EnvironmentId,
            OrganizationId = workflow.OrganizationId,
            GivenTransactionId = call.TransactionId,
            WorkflowId = workflow.Id,
            VersionId = workflow.VersionId,
            Recipients = EventJson.Write(new EventRecipients(call.To, call.Everybody, call.Actor)),
            Content = EventJson.Write(new EventContent(files.Payload, call.Overrides, TenantOf(call), ActorId(call), call.Controls)),
            DueAt = now,
            CreatedAt = now,
            Attachments = files.Pieces(id, workflow.EnvironmentId),
        };
    }

    private static string? ActorId(TriggerCall call) => call.Actor is { } actor ? RecipientList.IdOf(actor) : null;

    private static JsonElement? TenantOf(TriggerCall call) => call.Tenant is { } tenant ? TenantObject.Of(tenant) : null;
}
