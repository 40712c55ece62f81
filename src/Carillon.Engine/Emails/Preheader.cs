using System.Text.RegularExpressions;
using Carillon.Data.Layouts;

namespace Carillon.Engine.Emails;

/// <summary>The line that mailboxes show beside the subject: hidden text at the start of the body.</summary>
internal static partial class Preheader
{
    /// <summary>A text without a body has no place for it, and one that shows it already needs it no second time.</summary>
    public static string InjectInto(string html) =>
        !html.Contains("{{#if preheader}}", StringComparison.Ordinal) && Body.Match(html) is { Success: true } body ? html.Insert(body.Index + body.Length, DefaultLayout.HiddenPreheader) : html;

    [GeneratedRegex(@"<body(?:\s[^>]*)?>", RegexOptions.IgnoreCase)]
    private static partial Regex Body { get; }
}
