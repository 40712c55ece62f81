namespace Carillon.Providers.Http;

/// <summary>Which URLs outbound calls accept: http or https, a host, and no credentials inside.</summary>
public static class OutboundUrl
{
    public static Uri? Parse(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && IsAcceptable(url) ? url : null;

    internal static bool IsAcceptable(Uri? url) =>
        url is { IsAbsoluteUri: true, UserInfo: "", Host.Length: > 0 }
        && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp);
}
