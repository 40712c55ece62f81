using System.Collections.Concurrent;
using System.Text.Json;
using Carillon.Data;
using Carillon.Data.Environments;
using Carillon.Data.Integrations;
using Carillon.Data.Organizations;
using Carillon.Data.Outgoing;
using Carillon.Data.Secrets;
using Carillon.Engine.Conditions;
using Carillon.Providers;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Engine.Running;

/// <summary>What sending needs to know of an environment, read once for a batch: its active integrations and the branding.</summary>
public sealed class EnvironmentFacts
{
    private readonly SecretBox _secrets;
    private readonly IReadOnlyList<Integration> _integrations;
    private readonly ConcurrentDictionary<string, Account> _accounts = new();
    private readonly ConcurrentDictionary<string, Integration?> _usual = new();

    private EnvironmentFacts(SecretBox secrets, Organization organization, EnvironmentSettings settings, IReadOnlyList<Outlet> outlets, IReadOnlyList<Integration> integrations)
    {
        (_secrets, _integrations, Settings) = (secrets, integrations, settings);
        Outlets = outlets;
        (OrganizationId, Branding, Zone) = (organization.Id, organization.Branding, ZoneOf(settings));
    }

    public string OrganizationId { get; }

    /// <summary>Where a subscriber has no time zone, this one counts.</summary>
    public TimeZoneInfo Zone { get; }
    public Branding Branding { get; }
    public EnvironmentSettings Settings { get; }

    /// <summary>Who wants to hear what happens in it.</summary>
    public IReadOnlyList<Outlet> Outlets { get; }

    /// <summary>Asks for both at once: whoever is about to be told of something waits for one answer, not for two.</summary>
    public static async Task<EnvironmentFacts> ReadAsync(Database database, SecretBox secrets, string environmentId, CancellationToken ct)
    {
        var (reading, alsoReading) = (OwnerAsync(database, environmentId, ct), IntegrationsAsync(database, environmentId, ct));
        await Task.WhenAll(reading, alsoReading);
        var (owner, integrations) = (await reading, await alsoReading);

        // Newest first: where several would do, the one set up last is meant.
        return new(secrets, owner.Organization, owner.Settings, owner.Outlets, [.. integrations.OrderByDescending(i => i.Id, StringComparer.Ordinal)]);
    }

    private static async Task<Owner> OwnerAsync(Database database, string environmentId, CancellationToken ct)
    {
        await using var db = database.Open(environmentId);
        return await db.Environments
            .Where(environment => environment.Id == environmentId)
            .Join(
                db.Organizations, environment => environment.OrganizationId, organization => organization.Id,
                (environment, organization) => new Owner(environment.Settings, environment.Outlets, organization))
            .AsNoTracking()
            .SingleAsync(ct);
    }

    private static async Task<List<Integration>> IntegrationsAsync(Database database, string environmentId, CancellationToken ct)
    {
        await using var db = database.Open(environmentId);
        return await db.Integrations.AsNoTracking().Where(integration => integration.Active).ToListAsync(ct);
    }

    /// <summary>
    /// The integration this channel sends through: the one asked for by identifier, else the first set up for this tenant, else the
    /// primary, else the newest. One with conditions is only for whom they hold.
    /// </summary>
    public Integration? Select(string channel, string? identifier = null, JsonElement? tenant = null) =>
        identifier is null && tenant is null ? _usual.GetOrAdd(channel, name => Find(name, null, null)) : Find(channel, identifier, tenant);

    private Integration? Find(string channel, string? identifier, JsonElement? tenant)
    {
        var candidates = _integrations.Where(integration => integration.Channel == channel).ToList();
        if (identifier is not null) return candidates.Find(integration => integration.Identifier == identifier);
        if (candidates.FindLast(integration => TenantConditions.Hold(integration, tenant)) is { } own) return own;

        return candidates
            .Where(integration => !TenantConditions.AreAsked(integration))
            .OrderByDescending(integration => integration.Primary).ThenByDescending(integration => integration.Priority)
            .FirstOrDefault();
    }

    /// <summary>What else the channel could send through, when this one cannot: first the one ranked next.</summary>
    public IEnumerable<Integration> Others(Integration than) => _integrations
        .Where(integration => integration.Channel == than.Channel && integration.Id != than.Id && !TenantConditions.AreAsked(integration))
        .OrderByDescending(integration => integration.Primary).ThenByDescending(integration => integration.Priority);

    public Integration? ById(string integrationId) => _integrations.FirstOrDefault(integration => integration.Id == integrationId);

    /// <summary>The newest of a provider, for channels that need no more than the provider's name.</summary>
    public Integration? OfProvider(string providerId) => _integrations.FirstOrDefault(integration => integration.ProviderId == providerId);

    private static TimeZoneInfo ZoneOf(EnvironmentSettings settings) =>
        settings.Timezone is { } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;

    public Account AccountOf(Integration integration) =>
        _accounts.GetOrAdd(integration.Id, _ => Account.Parse(_secrets.Open(Purpose.IntegrationCredentials, integration.Cipher)));

    private sealed record Owner(EnvironmentSettings Settings, IReadOnlyList<Outlet> Outlets, Organization Organization);
}
