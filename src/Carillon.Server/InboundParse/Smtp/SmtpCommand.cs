using System.Globalization;

namespace Carillon.Server.InboundParse.Smtp;

/// <summary>One line of a mail server: what it wants, and of whom.</summary>
internal sealed record SmtpCommand(string Verb, string Rest)
{
    private const string Size = "SIZE=";

    public static SmtpCommand Parse(string line)
    {
        var words = line.Split(' ', 2);
        return new(words[0].ToUpperInvariant(), words.Length > 1 ? words[1].Trim() : "");
    }

    /// <summary>The address behind <c>FROM:</c> or <c>TO:</c>, which can be empty; null where there is none.</summary>
    public string? Path(string keyword)
    {
        if (!Rest.StartsWith(keyword, StringComparison.OrdinalIgnoreCase)) return null;

        var path = Rest[keyword.Length..].TrimStart();
        var end = path.IndexOf('>', StringComparison.Ordinal);
        return path.StartsWith('<') && end > 0 ? path[1..end] : null;
    }

    /// <summary>How large the mail is going to be, where that is said.</summary>
    public long? SizeOrNull => Rest.Split(' ')
        .Where(word => word.StartsWith(Size, StringComparison.OrdinalIgnoreCase))
        .Select(word => long.TryParse(word.AsSpan(Size.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? (long?)size : null)
        .FirstOrDefault();
}
