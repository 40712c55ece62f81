using Carillon.Data;
using Carillon.Server.Configuration;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Organizations;

internal static class GetMyOrganization
{
    public static async Task<Results<Answer<OrganizationView>, Problem>> Handle(Caller caller, CarillonDb db, ServerOptions options, CancellationToken ct)
    {
        if (!caller.HasOrganization) return Problem.Unauthorized("No organization found");

        var organization = await db.Organizations.AsNoTracking().SingleAsync(o => o.Id == caller.OrganizationId, ct);
        return Answer.Of(OrganizationView.Of(organization, options.ServiceLevel));
    }
}
