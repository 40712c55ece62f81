using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Carillon.Providers.Http;

/// <summary>How long a call may take in all, redirects included, and how long its answer may be.</summary>
/// <param name="Timeout">From the first look-up to the last byte.</param>
/// <param name="MaxAnswerBytes">What is longer is refused, or cut when the caller only wants its beginning.</param>
/// <param name="CutsLongAnswers">For deliveries: a message that was accepted is accepted, however much the peer says about it.</param>
public sealed record OutboundLimits(TimeSpan Timeout, int MaxAnswerBytes, bool CutsLongAnswers = false)
{
    public static OutboundLimits Default { get; } = new(TimeSpan.FromSeconds(10), 1024 * 1024);

    public static OutboundLimits Delivery { get; } = new(TimeSpan.FromSeconds(15), 64 * 1024, CutsLongAnswers: true);
}

/// <summary>How an outbound call ended. Reasons name the host at most: paths and queries are where webhooks keep their secrets.</summary>
public abstract record OutboundResult
{
    private OutboundResult() { }

    public sealed record Answer(
        HttpStatusCode Status, HttpResponseHeaders Headers, string? ContentType, ReadOnlyMemory<byte> Body, TimeSpan? RetryAfter)
        : OutboundResult
    {
        public bool IsSuccess => (int)Status is >= 200 and < 300;

        public string Text => Encoding.UTF8.GetString(Body.Span);

        public string? Header(string name) =>
            Headers.TryGetValues(name, out var values) ? string.Join(",", values) : null;

        // The generated text would print the peer's headers and body into whatever log this ends in.
        public override string ToString() => $"HTTP {(int)Status}";
    }

    /// <summary>The call was not made, or its answer cannot be used; it would end the same way again.</summary>
    public sealed record Refused(string Reason) : OutboundResult;

    /// <summary>No usable answer came. Where <paramref name="WasAsked"/>, it is unknown whether the peer saw the request; otherwise it did not.</summary>
    public sealed record Unavailable(string Reason, bool WasAsked = true) : OutboundResult;
}
