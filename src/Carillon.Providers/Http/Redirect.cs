using System.Collections.Frozen;
using System.Net;

namespace Carillon.Providers.Http;

/// <summary>What an answer says about going elsewhere.</summary>
internal abstract record Redirect
{
    private static readonly FrozenSet<string> HarmlessHeaders =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "Accept", "Accept-Language", "User-Agent");

    public sealed record None : Redirect;

    public sealed record To(HttpRequestMessage Request) : Redirect;

    public sealed record Forbidden(string Why) : Redirect;

    public static Redirect In(HttpResponseMessage answer, HttpRequestMessage sent)
    {
        if (answer.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect) || answer.Headers.Location is not { } location)
            return new None();

        var from = sent.RequestUri!;
        if (!Uri.TryCreate(from, location, out var target) || !OutboundUrl.IsAcceptable(target))
            return new Forbidden("redirects to an address that is not acceptable");
        if (from.Scheme == Uri.UriSchemeHttps && target.Scheme == Uri.UriSchemeHttp)
            return new Forbidden("redirects from https to http");

        return Onward(sent, target, answer.StatusCode);
    }

    private static Redirect Onward(HttpRequestMessage sent, Uri target, HttpStatusCode status)
    {
        var sameSite = IsSameSite(sent.RequestUri!, target);
        var isRead = sent.Method == HttpMethod.Get || sent.Method == HttpMethod.Head;
        var keepsBody = status is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

        // Turning a POST into a GET, as browsers do, would count as delivered what never arrived.
        if (!isRead && !keepsBody)
            return new Forbidden("redirects without the message");
        if (!isRead && !sameSite)
            return new Forbidden("redirects the message to another host");

        var request = new HttpRequestMessage(sent.Method, target) { Content = sent.Content };
        foreach (var (name, values) in sent.Headers)
        {
            if (sameSite && !name.Equals("Host", StringComparison.OrdinalIgnoreCase) || HarmlessHeaders.Contains(name))
                request.Headers.TryAddWithoutValidation(name, values);
        }

        return new To(request);
    }

    private static bool IsSameSite(Uri from, Uri to) =>
        string.Equals(from.IdnHost, to.IdnHost, StringComparison.OrdinalIgnoreCase)
        && (from.Port == to.Port || (from.IsDefaultPort && to.IsDefaultPort));
}
