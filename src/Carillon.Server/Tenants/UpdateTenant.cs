using System.Text.Json;
using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Tenants;

/// <summary>Changes what is sent; data is replaced as a whole.</summary>
internal static class UpdateTenant
{
    public sealed record Request(string? Identifier, string? Name, JsonElement? Data) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(
            TenantIdentifier.Read(fields["identifier"].Optional()).TextOrNull,
            fields["name"].Optional().NotEmpty().String().TextOrNull,
            fields.OptionalObject("data"));
    }

    public static async Task<Results<Answer<TenantView>, Problem>> Handle(
        string identifier, Body<Request> body, CurrentEnvironment environment, CarillonDb db, TimeProvider clock, CancellationToken ct)
    {
        var wanted = body.Value;
        if (await db.Tenants.SingleOrDefaultAsync(tenant => tenant.Identifier == identifier, ct) is not { } tenant)
            return TenantView.NotFound(identifier, environment.Id);

        tenant.Identifier = wanted.Identifier ?? tenant.Identifier;
        tenant.Name = wanted.Name ?? tenant.Name;
        tenant.Data = wanted.Data ?? tenant.Data;
        tenant.UpdatedAt = clock.GetUtcNow();
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return TenantView.NotFound(identifier, environment.Id);
        }
        catch (DbUpdateException e) when (UniqueViolation.Is(e))
        {
            return TenantView.Taken(tenant.Identifier, environment.Id);
        }

        return Answer.Of(TenantView.Of(tenant));
    }
}
