using System.Text.Json;

namespace Carillon.Data.Layouts;

/// <summary>
/// The layout that every environment begins with. Every style is already on its element, so that there is nothing to move there for
/// each recipient, and nothing to lose in the clients that drop style sheets.
/// </summary>
public static class DefaultLayout
{
    /// <summary>Clients know it by this identifier.</summary>
    public const string Identifier = "novu-default-layout";

    private static readonly JsonElement NoText = JsonSerializer.SerializeToElement("");
    private static readonly JsonElement Yes = JsonSerializer.SerializeToElement(true);

    /// <summary>
    /// The line that mailboxes show beside the subject. Behind it comes emptiness, or mailboxes would go on with the words of the mail.
    /// </summary>
    public static string HiddenPreheader { get; } =
        """{{#if preheader}}<div style="display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;mso-hide:all">{{{preheader}}}"""
        + string.Concat(Enumerable.Repeat("&nbsp;&zwnj;", 230))
        + "</div>{{/if}}";

    public static string Content { get; } =
        $$$$"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{{subject}}}</title>
        </head>
        <body style="margin:0;padding:0;background:#f3f4f6">{{{{HiddenPreheader}}}}
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f3f4f6">
        <tr><td align="center" style="padding:24px 12px">
        <table role="presentation" width="600" cellpadding="0" cellspacing="0" style="width:100%;max-width:600px">
        {{#if branding.logo}}<tr><td align="center" style="padding:0 0 24px"><img src="{{branding.logo}}" alt="" height="48" style="display:block;height:48px;border:0"></td></tr>{{/if}}
        <tr><td style="padding:32px;background:#ffffff;border-top:4px solid {{#if branding.color}}{{branding.color}}{{else}}#ff6f61{{/if}};font-family:Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5;color:#1f2937">
        {{{body}}}
        </td></tr>
        </table>
        </td></tr>
        </table>
        </body>
        </html>
        """;

    public static Layout For(string environmentId, string organizationId, string creatorId, Ids ids, DateTimeOffset now) => new()
    {
        Id = ids.New(),
        EnvironmentId = environmentId,
        OrganizationId = organizationId,
        CreatorId = creatorId,
        Name = "Default Layout",
        Identifier = Identifier,
        Description = "The layout that mails have unless another is chosen",
        Content = Content,
        Variables =
        [
            new(ids.New(), "branding.logo", "String", DefaultValue: NoText),
            new(ids.New(), "preheader", "Boolean", DefaultValue: Yes),
            new(ids.New(), "preheader", "String", DefaultValue: NoText),
            new(ids.New(), "branding.color", "Boolean", DefaultValue: Yes),
            new(ids.New(), "branding.color", "String", DefaultValue: NoText),
        ],
        IsDefault = true,
        CreatedAt = now,
        UpdatedAt = now,
    };
}
