using System.Net.Mail;
using System.Text.RegularExpressions;

namespace Carillon.Server.Http.Input;

/// <summary>The shapes of text that the contract names.</summary>
internal static partial class Formats
{
    private const int LongestEmail = 254;
    private const int LongestLocalPart = 64;

    public static bool IsEmail(string text)
    {
        var at = text.LastIndexOf('@');
        return text.Length <= LongestEmail && at is > 0 and <= LongestLocalPart
            && LocalPart().IsMatch(text.AsSpan(0, at)) && IsDomain(text[(at + 1)..]) && MailAddress.TryCreate(text, out _);
    }

    public static bool IsLocale(string text) => LocaleTag().IsMatch(text);

    /// <summary>A name in the IANA database, as Europe/Berlin.</summary>
    public static bool IsTimezone(string text) => TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone) && zone.HasIanaId;

    public static bool IsUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "ftp" && IsDomainOrAddress(uri);

    private static bool IsDomainOrAddress(Uri uri) =>
        uri.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6 || IsDomain(uri.IdnHost);

    // A name needs a top level of letters; that of a single machine has none.
    private static bool IsDomain(string host) => Domain().IsMatch(host);

    [GeneratedRegex(@"^[^\s@.,;:<>()\[\]""\\\x00-\x1f]+(\.[^\s@.,;:<>()\[\]""\\\x00-\x1f]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex LocalPart();

    [GeneratedRegex(@"^(?=.{1,253}$)([\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+(\p{L}{2,63}|xn--[a-z0-9-]{2,59})$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Domain();

    [GeneratedRegex("^[A-Za-z]{2,4}([_-][A-Za-z]{4})?([_-]([A-Za-z]{2}|[0-9]{3}))?([_-][A-Za-z0-9]{5,8})*$", RegexOptions.CultureInvariant)]
    private static partial Regex LocaleTag();
}
