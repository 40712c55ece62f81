using System.Text.Json;
using Carillon.Data;
using Carillon.Data.Tenants;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Tenants;

internal static class CreateTenant
{
    public sealed record Request(string Identifier, string Name, JsonElement? Data) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(
            TenantIdentifier.Read(fields["identifier"]).Text, fields.NonEmptyString("name"), fields["data"].JsonOrNull);
    }

    public static async Task<Results<Answer<TenantView>, Problem>> Handle(
        Body<Request> body, Caller caller, CurrentEnvironment environment, CarillonDb db, Ids ids, TimeProvider clock, CancellationToken ct)
    {
        var (identifier, name, data) = body.Value;
        if (data is { ValueKind: not JsonValueKind.Object }) return Problem.BadRequest(["data must be an object"]);
        if (await db.Tenants.AnyAsync(tenant => tenant.Identifier == identifier, ct)) return TenantView.Taken(identifier, environment.Id);

        var now = clock.GetUtcNow();
        var tenant = new Tenant
        {
            Id = ids.New(),
            EnvironmentId = environment.Id,
            OrganizationId = caller.OrganizationId,
            Identifier = identifier,
            Name = name,
            Data = data,
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.Add(tenant);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (UniqueViolation.Is(e))
        {
            return TenantView.Taken(identifier, environment.Id);
        }

        return Answer.Of(TenantView.Of(tenant));
    }
}
