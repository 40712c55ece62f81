namespace Carillon.Engine.Emails;

/// <summary>
/// What surrounds the words of a mail. Every style is already on its element, so that there is nothing to move there for each
/// recipient, and nothing to lose in the clients that drop style sheets.
/// </summary>
internal static class DefaultLayout
{
    public static string Source { get; } = Preheader.InjectInto(
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{{subject}}}</title>
        </head>
        <body style="margin:0;padding:0;background:#f3f4f6">
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
        """);
}
