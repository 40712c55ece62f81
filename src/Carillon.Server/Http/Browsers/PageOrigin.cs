namespace Carillon.Server.Http.Browsers;

/// <summary>What browsers call a page's origin: scheme, host and, where it is not the usual one, port.</summary>
internal static class PageOrigin
{
    public static bool Is(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && string.Equals(url.GetLeftPart(UriPartial.Authority), text, StringComparison.OrdinalIgnoreCase)
        && url.UserInfo.Length == 0;
}
