using Carillon.Data;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Organizations;

internal static class RenameOrganization
{
    public sealed record Request(string Name) : IRequest<Request>
    {
        public static Request Read(Fields fields)
        {
            var name = fields["name"].Defined().String();
            return new(name.Must(name.TextOrNull != "", "name should not be empty").Text);
        }
    }

    public sealed record View(string Name);

    public static async Task<Answer<View>> Handle(Body<Request> body, Caller caller, CarillonDb db, TimeProvider clock, CancellationToken ct)
    {
        var organization = await db.Organizations.SingleAsync(found => found.Id == caller.OrganizationId, ct);
        organization.Name = body.Value.Name;
        organization.UpdatedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(ct);
        return Answer.Of(new View(organization.Name));
    }
}
