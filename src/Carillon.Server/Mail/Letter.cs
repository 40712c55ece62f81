using System.Text.Encodings.Web;

namespace Carillon.Server.Mail;

/// <summary>A short mail of the server's own, with one thing to do in it.</summary>
internal sealed record Letter(string To, string Subject, string Text, string Action, string Link)
{
    private const int LongestName = 80;

    public string AsText => $"{Text}\n\n{Action}: {Link}\n";

    public string AsHtml => $"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><title>{Encoded(Subject)}</title></head>
        <body style="font-family:Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5;color:#1f2937">
        <p>{Encoded(Text)}</p>
        <p><a href="{Encoded(Link)}">{Encoded(Action)}</a></p>
        </body>
        </html>

        """;

    /// <summary>What somebody calls themselves, fit for a subject: one line, and no room for a message.</summary>
    public static string Named(string name)
    {
        var line = string.Concat(name.Select(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029' ? ' ' : letter)).Trim();
        if (line.Length <= LongestName) return line;

        // Not through the middle of a letter that takes two places.
        return $"{line[..(char.IsHighSurrogate(line[LongestName - 1]) ? LongestName - 1 : LongestName)]}…";
    }

    private static string Encoded(string text) => HtmlEncoder.Default.Encode(text);
}
