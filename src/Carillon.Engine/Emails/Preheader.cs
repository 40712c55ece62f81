using System.Text.RegularExpressions;

namespace Carillon.Engine.Emails;

/// <summary>The line that mailboxes show beside the subject: hidden text at the start of the body.</summary>
internal static partial class Preheader
{
    // Behind the line comes emptiness, or mailboxes would go on with the words of the mail.
    private static readonly string Hidden =
        """{{#if preheader}}<div style="display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;mso-hide:all">{{{preheader}}}"""
        + string.Concat(Enumerable.Repeat("&nbsp;&zwnj;", 230))
        + "</div>{{/if}}";

    /// <summary>A text without a body has no place for it.</summary>
    public static string InjectInto(string html) =>
        Body.Match(html) is { Success: true } body ? html.Insert(body.Index + body.Length, Hidden) : html;

    [GeneratedRegex(@"<body(?:\s[^>]*)?>", RegexOptions.IgnoreCase)]
    private static partial Regex Body { get; }
}
