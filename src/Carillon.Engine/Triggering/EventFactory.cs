using System.Buffers.Binary;
using System.Text.Json;
using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Engine.Tenants;

namespace Carillon.Engine.Triggering;

/// <summary>Makes the event that is kept of a call.</summary>
public sealed class EventFactory(Ids ids, TimeProvider clock)
{
    private const long Version7 = 0x7000;
    private const long RandomOfFirstHalf = 0x0FFF;
    private const byte Variant = 0x80;
    private const byte RandomOfVariant = 0x3F;

    public string NewId() => ids.New();

    internal Event Make(TriggerCall call, string id, TriggeredWorkflow workflow, EventFiles files)
    {
        var now = clock.GetUtcNow();
        return new()
        {
            Id = id,
            EnvironmentId = workflow.EnvironmentId,
            OrganizationId = workflow.OrganizationId,
            TransactionId = call.TransactionId ?? NewTransactionId(now),
            WorkflowId = workflow.Id,
            VersionId = workflow.VersionId,
            Recipients = EventJson.Write(new EventRecipients(call.To, call.Everybody, call.Actor)),
            Content = EventJson.Write(new EventContent(files.Payload, call.Overrides, TenantOf(call), ActorId(call), call.Controls)),
            DueAt = now,
            CreatedAt = now,
            Attachments = files.Pieces(id, workflow.EnvironmentId),
        };
    }

    // A UUID of version 7 (RFC 9562), so that the index grows at its end. It opens nothing, as it is only looked up inside the caller's own
    // environment; so its random bits are made here, where the framework asks the kernel for each.
    private static string NewTransactionId(DateTimeOffset now)
    {
        Span<byte> uuid = stackalloc byte[16];
        Random.Shared.NextBytes(uuid);
        var random = BinaryPrimitives.ReadInt64BigEndian(uuid) & RandomOfFirstHalf;
        BinaryPrimitives.WriteInt64BigEndian(uuid, (now.ToUnixTimeMilliseconds() << 16) | Version7 | random);
        uuid[8] = (byte)(Variant | (uuid[8] & RandomOfVariant));
        return new Guid(uuid, bigEndian: true).ToString();
    }

    private static string? ActorId(TriggerCall call) => call.Actor is { } actor ? RecipientList.IdOf(actor) : null;

    private static JsonElement? TenantOf(TriggerCall call) => call.Tenant is { } tenant ? TenantObject.Of(tenant) : null;
}
