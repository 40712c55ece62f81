using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Data.Tenants;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Engine.Tenants;

/// <summary>
/// Takes over what callers say of their tenants, before anybody is told of the event. A call never makes a tenant: it is refused
/// where there is none.
/// </summary>
public sealed class TenantUpdate(Database database, TimeProvider clock)
{
    internal async Task ApplyAsync(IEnumerable<(Event Event, EventContent Content)> events, CancellationToken ct)
    {
        var news = events.Select(e => (e.Event.EnvironmentId, News: TenantNews.Of(e.Content))).Where(e => e.News is not null);
        foreach (var environment in news.GroupBy(e => e.EnvironmentId, e => e.News!))
            await ApplyAsync(environment.Key, [.. environment], ct);
    }

    private async Task ApplyAsync(string environmentId, IReadOnlyList<TenantNews> news, CancellationToken ct)
    {
        var identifiers = news.Select(one => one.Identifier).Distinct().ToList();
        await using var db = database.Open(environmentId);
        var tenants = await db.Tenants.Where(tenant => identifiers.Contains(tenant.Identifier)).ToDictionaryAsync(tenant => tenant.Identifier, ct);
        foreach (var one in news)
        {
            if (tenants.TryGetValue(one.Identifier, out var tenant)) one.ApplyTo(tenant, clock.GetUtcNow());
        }

        await db.SaveChangesAsync(ct);
    }

    private sealed record TenantNews(string Identifier, string? Name, System.Text.Json.JsonElement? Data)
    {
        public static TenantNews? Of(EventContent content)
        {
            if (content.Tenant is not { } tenant || TenantObject.IdentifierOf(tenant) is not { } identifier) return null;

            var (name, data) = (TenantObject.Text(tenant, "name"), TenantObject.Member(tenant, "data"));
            return name is null && data is null ? null : new(identifier, name, data);
        }

        public void ApplyTo(Tenant tenant, DateTimeOffset now)
        {
            if ((Name ?? tenant.Name) == tenant.Name && (Data is null || Same(tenant))) return;

            tenant.Name = Name ?? tenant.Name;
            tenant.Data = Data ?? tenant.Data;
            tenant.UpdatedAt = now;
        }

        private bool Same(Tenant tenant) =>
            tenant.Data is { } known && Data is { } told && System.Text.Json.JsonElement.DeepEquals(known, told);
    }
}
