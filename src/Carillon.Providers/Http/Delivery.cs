using System.Net;

namespace Carillon.Providers.Http;

/// <summary>What HTTP answers mean to the engine: whether the message went out, and whether trying again may help.</summary>
internal static class Delivery
{
    /// <summary>Null when the peer accepted the message.</summary>
    public static SendResult? FailureOf(OutboundResult result, string host, string? detail = null) => result switch
    {
        OutboundResult.Answer { IsSuccess: true } => null,
        OutboundResult.Answer answer => Failure(answer, $"{host} answered {(int)answer.Status}{(detail is null ? "" : $" {detail}")}"),
        OutboundResult.Refused refused => new SendResult.Refused(refused.Reason),
        OutboundResult.Unavailable gone => new SendResult.Unavailable(gone.Reason, MayHaveArrived: gone.WasAsked),
        _ => throw new ArgumentOutOfRangeException(nameof(result)),
    };

    public static SendResult Failure(OutboundResult.Answer answer, string reason) => answer.Status switch
    {
        HttpStatusCode.RequestTimeout or (HttpStatusCode)425 or HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable
            => new SendResult.Unavailable(reason, answer.RetryAfter),
        >= HttpStatusCode.InternalServerError => new SendResult.Unavailable(reason, answer.RetryAfter, MayHaveArrived: true),
        HttpStatusCode.Unauthorized or HttpStatusCode.PaymentRequired or HttpStatusCode.Forbidden
            => new SendResult.Refused(reason, RefusedFor.Account),
        _ => new SendResult.Refused(reason),
    };
}
