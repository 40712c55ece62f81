using System.Text.Json;
using Carillon.Data;
using Carillon.Data.Organizations;
using Carillon.Engine.Steps;
using Carillon.Engine.Templating;
using Carillon.Server.Http.Access;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.ContentTemplates;

/// <summary>What a preview is rendered with: the payload, which may also play the subscriber, the tenant and the digest.</summary>
internal sealed class PreviewWords(CarillonDb db, Caller caller, Templates templates)
{
    public Words Of(TemplateContext context) => new(templates, context);

    /// <summary>For channels that show none of the organization's branding.</summary>
    public static TemplateContext Context(JsonElement payload)
    {
        var context = new TemplateContext(payload);
        return payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty("step", out _) ? context with { Step = default } : context;
    }

    public async Task<(TemplateContext Context, Branding Branding)> BrandedAsync(JsonElement payload, CancellationToken ct)
    {
        var organization = await db.Organizations.AsNoTracking().SingleAsync(found => found.Id == caller.OrganizationId, ct);
        var branding = organization.Branding;
        return (Context(payload) with { Branding = TemplateContext.BrandingOf(branding.Logo, branding.Color) }, branding);
    }
}
