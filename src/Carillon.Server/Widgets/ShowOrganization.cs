using System.Text.Json.Serialization;
using Carillon.Data;
using Carillon.Data.Organizations;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Widgets;

/// <summary>As much of the organization as its subscribers see: its name and how it looks.</summary>
internal static class ShowOrganization
{
    public sealed record View([property: JsonPropertyName("_id")] string Id, string Name, Branding? Branding);

    public static async Task<Answer<View>> Handle(Caller caller, CarillonDb db, CancellationToken ct)
    {
        var organization = await db.Organizations.AsNoTracking().SingleAsync(organization => organization.Id == caller.OrganizationId, ct);
        return Answer.Of(new View(
            organization.Id, organization.Name, organization.Branding == new Branding() ? null : organization.Branding));
    }
}
