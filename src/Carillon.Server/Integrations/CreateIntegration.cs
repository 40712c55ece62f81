using System.Text.Json;
using Carillon.Data.Integrations;
using Carillon.Data;
using Carillon.Providers;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Conditions;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Integrations;

internal sealed class CreateIntegration(
    OrganizationIntegrations integrations, AccountFields accounts, CarillonDb db, Ids ids)
{
    private const string Inbox = "in_app";
    private static readonly string[] DemoSenders = ["novu-email", "novu-sms"];

    public sealed record Request(string ProviderId, string Channel, Fields? Credentials) : IRequest<Request>
    {
        public string? Name { get; private init; }
        public string? Identifier { get; private init; }
        public string? EnvironmentId { get; private init; }
        public bool Active { get; private init; }
        public bool Check { get; private init; }
        public JsonElement? Conditions { get; private init; }

        public static Request Read(Fields fields)
        {
            var name = fields.OptionalString("name");
            var identifier = fields["identifier"].Optional().String().MaxLength(Slug.MaxLength).TextOrNull;
            var environmentId = fields.OptionalMongoId("_environmentId")?.ToLowerInvariant();
            return new(
                fields.RequiredString("providerId"),
                fields["channel"].Defined().OneOf("in_app", "email", "sms", "chat", "push").Text,
                fields["credentials"].Optional().Nested(credentials => credentials))
            {
                Name = string.IsNullOrEmpty(name) ? null : name,
                Identifier = string.IsNullOrEmpty(identifier) ? null : identifier,
                EnvironmentId = environmentId,
                Active = fields.OptionalBool("active") ?? false,
                Check = fields.OptionalBool("check") ?? false,
                Conditions = ConditionFields.ReadStrictly(fields["conditions"]),
            };
        }
    }

    public static async Task<Results<Answer<IntegrationView>, Problem>> Handle(
        Body<Request> body, CreateIntegration create, Caller caller, CurrentEnvironment environment, IntegrationViews views,
        TimeProvider clock, CancellationToken ct)
    {
        var (draft, problem) = await create.DraftAsync(body.Value, caller, environment, clock.GetUtcNow(), ct);
        problem ??= await create.SaveAsync(draft!, ct);
        return problem is null ? Answer.Of(views.One(draft!)) : problem;
    }

    private async Task<(Integration? Draft, Problem? Problem)> DraftAsync(
        Request wanted, Caller caller, CurrentEnvironment environment, DateTimeOffset now, CancellationToken ct)
    {
        if (ProblemWith(wanted) is { } problem) return (null, problem);

        var provider = accounts.Find(wanted.ProviderId)!;
        var credentials = AccountFields.Read(wanted.Credentials!, provider.Info);
        if (wanted.Credentials!.Problem is { } mistyped) return (null, mistyped);
        if (wanted.Check && await AccountCheck.ProblemWithAsync(provider, credentials, ct) is { } failed) return (null, failed);

        var name = wanted.Name ?? provider.Info.Name;
        return (new()
        {
            Id = ids.New(),
            EnvironmentId = wanted.EnvironmentId ?? environment.Id,
            OrganizationId = caller.OrganizationId,
            ProviderId = wanted.ProviderId,
            Channel = wanted.Channel,
            Name = name,
            Identifier = wanted.Identifier ?? Slug.WithSuffix(Slug.Of(name)),
            Cipher = accounts.Seal(credentials),
            Active = wanted.Active,
            Conditions = ConditionEntities.Store(wanted.Conditions, ids),
            CreatedAt = now,
            UpdatedAt = now,
        }, null);
    }

    private Problem? ProblemWith(Request wanted)
    {
        if (wanted.Credentials is null) return Problem.BadRequest(["credentials should not be null or undefined"]);
        if (DemoSenders.Contains(wanted.ProviderId))
            return Problem.BadRequest($"Creating Novu integration for {wanted.ProviderId} provider is not allowed");
        if (accounts.Find(wanted.ProviderId) is not { } provider)
            return Problem.BadRequest([$"providerId must be one of the following values: {string.Join(", ", accounts.ProviderIds)}"]);

        var channel = provider.Info.Channel.WireName;
        return wanted.Channel == channel
            ? null
            : Problem.BadRequest([$"channel of the provider {wanted.ProviderId} must be {channel}"]);
    }

    private async Task<Problem?> SaveAsync(Integration integration, CancellationToken ct)
    {
        await using var change = await integrations.BeginChangeAsync(ct);
        if (!await integrations.OwnsAsync(integration.EnvironmentId, ct)) return Problem.NotFound("Environment not found");
        if (integration.Channel == Inbox && await integrations.HasInboxAsync(integration.EnvironmentId, ct))
            return Problem.BadRequest("One environment can only have one In app provider");

        if (integration.Active && PriorityRules.AppliesTo(integration.Channel))
        {
            var peers = await integrations.PeersOfAsync(integration, ct);
            PriorityRules.Enter(integration, peers, mayBePrimary: !ConditionFields.AskAnything(integration.Conditions));
        }

        db.Add(integration);
        try
        {
            await db.SaveChangesAsync(ct);
            await change.CommitAsync(ct);
            return null;
        }
        catch (DbUpdateException e) when (UniqueViolation.Is(e))
        {
            return Problem.Conflict("Integration with identifier already exists");
        }
    }
}
