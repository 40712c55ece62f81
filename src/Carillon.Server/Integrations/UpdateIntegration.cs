using System.Text.Json;
using Carillon.Data.Integrations;
using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Conditions;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Integrations;

/// <summary>Changes what is sent and leaves the rest; credentials that are sent replace all that were there.</summary>
internal sealed class UpdateIntegration(
    OrganizationIntegrations integrations, AccountFields accounts, CarillonDb db, Ids ids)
{
    public sealed record Request : IRequest<Request>
    {
        public string? Name { get; private init; }
        public string? Identifier { get; private init; }
        public string? EnvironmentId { get; private init; }
        public bool? Active { get; private init; }
        public bool? RemoveNovuBranding { get; private init; }
        public Fields? Credentials { get; private init; }
        public JsonElement? Conditions { get; private init; }
        public bool Check { get; private init; }

        /// <summary>Asking for a check alone changes nothing.</summary>
        public bool IsEmpty => this with { Check = false } == new Request();

        public static Request Read(Fields fields)
        {
            var (name, identifier) = (fields.OptionalString("name"), fields["identifier"].Optional().String().MaxLength(Slug.MaxLength).TextOrNull);
            return new()
            {
                Name = string.IsNullOrEmpty(name) ? null : name,
                Identifier = string.IsNullOrEmpty(identifier) ? null : identifier,
                EnvironmentId = fields.OptionalMongoId("_environmentId")?.ToLowerInvariant(),
                Active = fields.OptionalBool("active"),
                RemoveNovuBranding = fields.OptionalBool("removeNovuBranding"),
                Credentials = fields["credentials"].Nested(credentials => credentials),
                Conditions = ConditionFields.ReadStrictly(fields["conditions"]),
                Check = fields.OptionalBool("check") ?? false,
            };
        }
    }

    public static async Task<Results<Answer<IntegrationView>, Problem>> Handle(
        MongoId integrationId, Body<Request> body, UpdateIntegration update, IntegrationViews views, TimeProvider clock, CancellationToken ct)
    {
        var (integration, problem) = await update.RunAsync(integrationId, body.Value, clock.GetUtcNow(), ct);
        return problem is null ? Answer.Of(views.One(integration!)) : problem;
    }

    private async Task<(Integration? Changed, Problem? Problem)> RunAsync(
        string id, Request wanted, DateTimeOffset now, CancellationToken ct)
    {
        // Before anything is locked, because a mail server may be asked.
        var (cipher, mistyped) = await SealAsync(id, wanted, ct);
        if (mistyped is not null) return (null, mistyped);

        await using var change = await integrations.BeginChangeAsync(ct);
        if (await integrations.FindAsync(id, ct) is not { } integration) return (null, Problem.NotFound($"Entity with id {id} not found"));
        if (wanted.IsEmpty) return (null, Problem.BadRequest("No properties found for update"));
        if (await MoveAsync(integration, wanted, ct) is { } homeless) return (null, homeless);

        integration.Name = wanted.Name ?? integration.Name;
        integration.Identifier = wanted.Identifier ?? integration.Identifier;
        integration.RemoveNovuBranding = wanted.RemoveNovuBranding ?? integration.RemoveNovuBranding;
        integration.Cipher = cipher ?? integration.Cipher;
        await RankAsync(integration, wanted, ct);
        integration.UpdatedAt = now;
        try
        {
            await db.SaveChangesAsync(ct);
            await change.CommitAsync(ct);
            return (integration, null);
        }
        catch (DbUpdateException e) when (UniqueViolation.Is(e))
        {
            return (null, Problem.Conflict("Integration with identifier already exists"));
        }
    }

    private async Task<(string? Cipher, Problem? Problem)> SealAsync(string id, Request wanted, CancellationToken ct)
    {
        if (wanted.Credentials is not { } given) return (null, null);

        var providerId = await integrations.All.Where(integration => integration.Id == id)
            .Select(integration => integration.ProviderId).SingleOrDefaultAsync(ct);
        if (providerId is null) return (null, Problem.NotFound($"Entity with id {id} not found"));
        if (accounts.Find(providerId) is not { } provider)
            return (null, Problem.BadRequest($"providerId {providerId} is not supported, so its credentials cannot be changed"));

        var credentials = AccountFields.Read(given, provider.Info);
        var problem = given.Problem ?? (wanted.Check ? await AccountCheck.ProblemWithAsync(provider, credentials, ct) : null);
        return (accounts.Seal(credentials), problem);
    }

    // Out of one environment's ranks; into the other's it comes as a newcomer.
    private async Task<Problem?> MoveAsync(Integration integration, Request wanted, CancellationToken ct)
    {
        if (wanted.EnvironmentId is not { } target || target == integration.EnvironmentId) return null;
        if (!await integrations.OwnsAsync(target, ct)) return Problem.NotFound("Environment not found");
        if (integration.Channel == "in_app" && await integrations.HasInboxAsync(target, ct))
            return Problem.BadRequest("One environment can only have one In app provider");

        var isRanked = integration.Active && PriorityRules.AppliesTo(integration.Channel);
        if (isRanked) PriorityRules.Leave(integration, await integrations.PeersOfAsync(integration, ct));
        integration.EnvironmentId = target;
        if (isRanked) PriorityRules.Enter(integration, await integrations.PeersOfAsync(integration, ct), mayBePrimary: false);
        return null;
    }

    private async Task RankAsync(Integration integration, Request wanted, CancellationToken ct)
    {
        var wasActive = integration.Active;
        integration.Active = wanted.Active ?? wasActive;
        integration.Conditions = ConditionEntities.Store(wanted.Conditions, ids) ?? integration.Conditions;
        if (!PriorityRules.AppliesTo(integration.Channel)) return;

        var peers = await integrations.PeersOfAsync(integration, ct);
        if (integration.Active && !wasActive) PriorityRules.Enter(integration, peers, mayBePrimary: false);
        if (!integration.Active && wasActive) PriorityRules.Leave(integration, peers);

        // The primary sends whatever the tenant; one that is for some tenants only cannot be that.
        if (integration.Primary && ConditionFields.AskAnything(wanted.Conditions))
        {
            integration.Primary = false;
            PriorityRules.Rank([.. peers, integration]);
        }
    }
}
