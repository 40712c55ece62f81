using System.Text.Json;
using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Data.Subscribers;
using Carillon.Data.Workflows;
using Carillon.Engine.Running;
using Carillon.Providers;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Events;

/// <summary>
/// Sends one step of a workflow at once, to try it out: to a subscriber, to an address or number instead of the subscriber's, or, where
/// nobody is named, to the address of the user who asks. Nothing of it is kept, and a sandbox does not hold it back.
/// </summary>
internal sealed class SendTestStep(CarillonDb db, Caller caller, CurrentEnvironment environment, StepTrial trial, Ids ids)
{
    private static readonly JsonElement NoPayload = JsonElement.Parse("{}");

    public sealed record Request(string WorkflowId, string StepId, JsonElement Payload, JsonElement? Overrides) : IRequest<Request>
    {
        public string? SubscriberId { get; private init; }
        public string? To { get; private init; }

        public static Request Read(Fields fields) => new(
            fields.RequiredString("workflowId"),
            fields.RequiredString("stepId"),
            fields.OptionalObject("payload") ?? NoPayload,
            fields.OptionalObject("overrides"))
        {
            SubscriberId = fields.OptionalString("subscriberId"),
            To = fields.OptionalString("to"),
        };
    }

    public sealed record View(IReadOnlyList<Line> Results);

    public sealed record Line(string ProviderId, string IntegrationIdentifier, string Status, string? Id = null, string? Reason = null);

    public static async Task<Results<Answer<View>, Problem>> Handle(Body<Request> body, SendTestStep operation, TimeProvider clock, CancellationToken ct)
    {
        var (call, problem) = await operation.PrepareAsync(body.Value, clock.GetUtcNow(), ct);
        if (problem is not null) return problem;

        var outcome = await operation.RunAsync(call!, ct);
        if (outcome.Fault is { } fault) return Problem.BadRequest(fault);

        List<Line> lines = [.. outcome.Results.Select(Show)];
        return lines.Exists(line => line.Status == "sent")
            ? Answer.Of(new View(lines))
            : Problem.BadRequest([.. lines.Select(line => $"Unexpected provider error: {line.Reason}")]);
    }

    private Task<TrialOutcome> RunAsync(TrialCall call, CancellationToken ct) => trial.RunAsync(call, ct);

    private async Task<(TrialCall?, Problem?)> PrepareAsync(Request wanted, DateTimeOffset now, CancellationToken ct)
    {
        if (await VersionAsync(wanted.WorkflowId, ct) is not { } version) return (null, Problem.NotFound($"Workflow {wanted.WorkflowId} was not found"));

        var step = version.ActiveSteps.ToList().FindIndex(step => step.Uuid == wanted.StepId || string.Equals(step.Id, wanted.StepId, StringComparison.OrdinalIgnoreCase));
        if (step < 0) return (null, Problem.NotFound($"Step {wanted.StepId} was not found, or is not active"));

        var known = await db.Subscribers.AsNoTracking().SingleOrDefaultAsync(one => one.ExternalId == wanted.SubscriberId, ct);
        if (known is null && wanted.SubscriberId is not null) return (null, Problem.NotFound($"Subscriber {wanted.SubscriberId} was not found"));

        List<SubscriberChannel> channels = known is null ? [] : await db.SubscriberChannels.AsNoTracking().Where(one => one.SubscriberId == known.Id).ToListAsync(ct);
        var to = wanted.To ?? (known is null ? await OwnAddressAsync(ct) : null);
        return (new(version, step, Tried(known, to, version, now), channels, new EventContent(wanted.Payload, wanted.Overrides)), null);
    }

    // With an id of its own, so that links in what is sent are nobody else's.
    private Subscriber Tried(Subscriber? known, string? to, WorkflowVersion version, DateTimeOffset now) => new()
    {
        Id = ids.New(),
        EnvironmentId = environment.Id,
        OrganizationId = caller.OrganizationId,
        ExternalId = known?.ExternalId ?? $"test-of-{version.Identifier}",
        FirstName = known?.FirstName,
        LastName = known?.LastName,
        Email = to ?? known?.Email,
        Phone = to ?? known?.Phone,
        Avatar = known?.Avatar,
        Locale = known?.Locale,
        Timezone = known?.Timezone,
        Data = known?.Data,
        CreatedAt = now,
        UpdatedAt = now,
    };

    private async Task<string?> OwnAddressAsync(CancellationToken ct)
    {
        if (caller.Scheme != Scheme.User) return null;

        var userId = caller.UserId;
        return await db.Users.Where(user => user.Id == userId).Select(user => user.Email).SingleOrDefaultAsync(ct);
    }

    private Task<WorkflowVersion?> VersionAsync(string idOrIdentifier, CancellationToken ct)
    {
        var id = Ids.IsId(idOrIdentifier) ? idOrIdentifier.ToLowerInvariant() : null;
        return (
            from workflow in db.Workflows
            where id != null ? workflow.Id == id : workflow.Identifier == idOrIdentifier
            join version in db.WorkflowVersions on workflow.VersionId equals version.Id
            select version).AsNoTracking().SingleOrDefaultAsync(ct);
    }

    private static Line Show(TrialResult one) => one.Result switch
    {
        SendResult.Sent sent => new(one.ProviderId, one.IntegrationIdentifier, "sent", sent.ProviderMessageId),
        SendResult.Refused refused => new(one.ProviderId, one.IntegrationIdentifier, "refused", Reason: refused.Reason),
        SendResult.Unavailable unavailable => new(one.ProviderId, one.IntegrationIdentifier, "unavailable", Reason: unavailable.Reason),
        _ => throw new InvalidOperationException($"Unknown result {one.Result.GetType().Name}."),
    };
}
