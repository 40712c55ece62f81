using System.Text.RegularExpressions;
using Carillon.Data;
using Carillon.Data.Organizations;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Organizations;

/// <summary>How mails look. What is left out is no longer set.</summary>
internal static partial class SetBranding
{
    public sealed record Request(Branding Branding) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(new Branding(
            fields.OptionalImageUrl("logo"),
            Color(fields, "color"),
            Color(fields, "fontColor"),
            Color(fields, "contentBackground"),
            fields.OptionalString("fontFamily")));

        private static string? Color(Fields fields, string name) =>
            fields[name].Optional().Matches(HexColor(), $"{name} must be a hexadecimal color").TextOrNull;
    }

    public static async Task<Answer<Branding>> Handle(
        Body<Request> body, Caller caller, CarillonDb db, TimeProvider clock, CancellationToken ct)
    {
        var organization = await db.Organizations.SingleAsync(found => found.Id == caller.OrganizationId, ct);
        organization.Branding = body.Value.Branding;
        organization.UpdatedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(ct);
        return Answer.Of(organization.Branding);
    }

    [GeneratedRegex(@"^#?([0-9a-f]{3}|[0-9a-f]{4}|[0-9a-f]{6}|[0-9a-f]{8})\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HexColor();
}
