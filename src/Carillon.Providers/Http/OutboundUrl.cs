using System.Text;

namespace Carillon.Providers.Http;

/// <summary>Which URLs outbound calls accept: http or https, a host, and no credentials inside.</summary>
public static class OutboundUrl
{
    public static Uri? Parse(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && IsAcceptable(url) ? Spelled(url) : null;

    // Names of other scripts are looked up in small letters, and nothing below here makes them small.
    private static Uri Spelled(Uri url) =>
        Ascii.IsValid(url.Host) ? url : new UriBuilder(url) { Host = url.Host.ToLowerInvariant() }.Uri;

    internal static bool IsAcceptable(Uri? url) =>
        url is { IsAbsoluteUri: true, UserInfo: "", Host.Length: > 0 }
        && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp);
}
