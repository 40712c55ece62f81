using Carillon.Data;
using Carillon.Data.Organizations;
using Carillon.Server.Configuration;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Organizations;

internal static class ListOrganizations
{
    public static async Task<Answer<IReadOnlyList<OrganizationView>>> Handle(
        Caller caller, CarillonDb db, ServerOptions options, CancellationToken ct)
    {
        var userId = caller.UserId;
        var organizations = await (
            from member in db.Members
            join organization in db.Organizations on member.OrganizationId equals organization.Id
            where member.UserId == userId && member.Status == MemberStatus.Active
            orderby organization.CreatedAt
            select organization).AsNoTracking().ToListAsync(ct);

        return Answer.Of<IReadOnlyList<OrganizationView>>([.. organizations.Select(organization => OrganizationView.InList(organization, options.ServiceLevel))]);
    }
}
