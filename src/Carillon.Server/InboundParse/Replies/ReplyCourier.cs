using System.Threading.RateLimiting;
using Carillon.Data.Mail;
using Carillon.Providers.Http;

namespace Carillon.Server.InboundParse.Replies;

/// <summary>How a try to pass an answer on came out.</summary>
internal abstract record Passage
{
    /// <summary>It arrived, or never will.</summary>
    public sealed record Over(ReplyOutcome Outcome) : Passage;

    /// <summary>It may arrive later; <paramref name="Pause"/> is what was asked for.</summary>
    public sealed record Failed(ReplyOutcome Outcome, TimeSpan Pause) : Passage;

    /// <summary>Not tried, because the application has enough to do with others.</summary>
    public sealed record Busy(TimeSpan Pause) : Passage;
}

/// <summary>Calls the application. Never more than a few times at once, so that one that hangs holds up nobody else's answers.</summary>
internal sealed class ReplyCourier(ReplyLetters letters, OutboundHttp http) : IDisposable
{
    private const int AtOnce = 4;
    private static readonly TimeSpan WhenBusy = TimeSpan.FromSeconds(5);

    private readonly PartitionedRateLimiter<string> _hosts = PartitionedRateLimiter.Create<string, string>(host =>
        RateLimitPartition.GetConcurrencyLimiter(host, _ => new() { PermitLimit = AtOnce, QueueLimit = 0 }));

    public async Task<Passage> PassOnAsync(IncomingMail mail, CancellationToken ct)
    {
        var letter = await letters.OfAsync(mail, ct);
        if (letter.Url is not { } url) return new Passage.Over(Not(letter.Missing));

        using var turn = _hosts.AttemptAcquire(url.IdnHost);
        if (!turn.IsAcquired) return new Passage.Busy(WhenBusy);

        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new ByteArrayContent(letter.Body) { Headers = { ContentType = new("application/json") } },
        };
        return await http.SendAsync(request, OutboundLimits.Delivery, ct) switch
        {
            OutboundResult.Answer { IsSuccess: true } => new Passage.Over(new(IsPassedOn: true, mail.Attempts + 1)),
            OutboundResult.Answer answer => new Passage.Failed(Not($"{url.IdnHost} answered {(int)answer.Status}"), answer.RetryAfter ?? TimeSpan.Zero),
            OutboundResult.Unavailable gone => new Passage.Failed(Not(gone.Reason), TimeSpan.Zero),
            OutboundResult.Refused refused => new Passage.Over(Not(refused.Reason)),
            _ => throw new InvalidOperationException("A call ends with an answer or without one."),
        };

        ReplyOutcome Not(string? reason) => new(IsPassedOn: false, mail.Attempts + 1, reason);
    }

    public void Dispose() => _hosts.Dispose();
}
