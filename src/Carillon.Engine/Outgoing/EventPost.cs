using System.Globalization;
using System.Net;
using System.Text;
using Carillon.Data.Outgoing;
using Carillon.Providers.Http;

namespace Carillon.Engine.Outgoing;

/// <summary>How one attempt ended.</summary>
internal sealed record PostResult(bool Arrived, short? Status, string? Error, bool IsFinal = false, bool IsGone = false, bool IsSilent = false, TimeSpan? RetryAfter = null);

/// <summary>Posts an event to its endpoint, signed. Addresses are the customer's, so the guarded client is what goes there.</summary>
public sealed class EventPost(OutboundHttp http, TimeProvider clock)
{
    internal async Task<PostResult> SendAsync(EventEndpoint endpoint, IReadOnlyList<EndpointSecret> secrets, OutgoingEvent e, CancellationToken ct)
    {
        if (OutboundUrl.Parse(endpoint.Url) is not { } url) return new(false, null, "The address is not an http or https URL", IsFinal: true);

        var now = clock.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(e.Payload)) { Headers = { ContentType = new("application/json") } },
        };
        request.Headers.Add("webhook-id", e.MessageId);
        request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", secrets.Sign(e.MessageId, now, e.Payload));
        return await http.SendAsync(request, OutboundLimits.Delivery, ct) switch
        {
            OutboundResult.Answer { IsSuccess: true } answer => new(true, (short)answer.Status, null),
            OutboundResult.Answer answer => new(
                false, (short)answer.Status, $"{url.IdnHost} answered {(int)answer.Status}",
                IsGone: answer.Status == HttpStatusCode.Gone, RetryAfter: answer.RetryAfter),
            OutboundResult.Refused refused => new(false, null, refused.Reason, IsFinal: true),
            OutboundResult.Unavailable gone => new(false, null, gone.Reason, IsSilent: true),
            _ => throw new InvalidOperationException("A call ends with an answer or without one."),
        };
    }
}
