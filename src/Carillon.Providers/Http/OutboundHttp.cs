using System.Net.Security;
using System.Net.Sockets;

namespace Carillon.Providers.Http;

/// <summary>The one HTTP client for addresses that users choose. Whatever goes wrong out there is a value, never an exception.</summary>
public sealed class OutboundHttp : IDisposable
{
    private const int MaxRedirects = 3;
    private readonly TimeProvider _clock;
    private readonly HttpMessageInvoker _client;

    public OutboundHttp(OutboundGuard guard, TimeProvider clock)
        : this(CreateHandler(guard), clock)
    {
    }

    internal OutboundHttp(HttpMessageHandler network, TimeProvider clock) => (_client, _clock) = (new(network), clock);

    public async Task<OutboundResult> SendAsync(HttpRequestMessage request, OutboundLimits limits, CancellationToken ct)
    {
        if (!OutboundUrl.IsAcceptable(request.RequestUri))
            return new OutboundResult.Refused("The address is not an http or https URL without credentials");

        // How long a network may take is real time, also where the application's clock is set by a test.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(limits.Timeout);
        try
        {
            return await FollowAsync(request, limits, patience.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new OutboundResult.Unavailable(
                $"{request.RequestUri!.IdnHost} did not answer within {limits.Timeout.TotalSeconds:0.#} s");
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<OutboundResult> FollowAsync(HttpRequestMessage request, OutboundLimits limits, CancellationToken ct)
    {
        if (request.Content is { } content)
            await content.LoadIntoBufferAsync(ct); // a redirect may ask for it again

        for (var hop = 0; hop <= MaxRedirects; hop++)
        {
            var (result, redirect) = await StepAsync(request, limits, ct);
            if (redirect is Redirect.To onward)
                request = onward.Request;
            else
                return result!;
        }

        return new OutboundResult.Refused($"{request.RequestUri!.IdnHost} redirects more than {MaxRedirects} times");
    }

    private async Task<(OutboundResult?, Redirect?)> StepAsync(HttpRequestMessage request, OutboundLimits limits, CancellationToken ct)
    {
        var host = request.RequestUri!.IdnHost;
        if (request.Headers.UserAgent.Count == 0)
            request.Headers.UserAgent.Add(new("Carillon", null));
        try
        {
            using var response = await _client.SendAsync(request, ct);
            return Redirect.In(response, request) switch
            {
                Redirect.To onward => (null, onward),
                Redirect.Forbidden forbidden => (new OutboundResult.Refused($"{host} {forbidden.Why}"), null),
                _ => (await ReadAsync(response, host, limits, ct), null),
            };
        }
        catch (HttpRequestException e)
        {
            return (Explain(e, host), null);
        }
        catch (IOException)
        {
            return (new OutboundResult.Unavailable($"{host} broke off its answer"), null);
        }
    }

    private async Task<OutboundResult> ReadAsync(
        HttpResponseMessage response, string host, OutboundLimits limits, CancellationToken ct)
    {
        var body = await ReadUpToAsync(response.Content, limits.MaxAnswerBytes + 1, ct);
        if (body.Length > limits.MaxAnswerBytes && !limits.CutsLongAnswers)
            return new OutboundResult.Refused($"The answer of {host} is longer than {limits.MaxAnswerBytes} bytes");

        return new OutboundResult.Answer(
            response.StatusCode, response.Headers, response.Content.Headers.ContentType?.MediaType,
            body[..Math.Min(body.Length, limits.MaxAnswerBytes)], RetryAfter(response));
    }

    private static async Task<ReadOnlyMemory<byte>> ReadUpToAsync(HttpContent content, int limit, CancellationToken ct)
    {
        await using var stream = await content.ReadAsStreamAsync(ct);
        var buffer = new byte[Math.Min(limit, 4096)];
        var length = 0;
        while (true)
        {
            length += await stream.ReadAtLeastAsync(buffer.AsMemory(length), buffer.Length - length, throwOnEndOfStream: false, ct);
            if (length < buffer.Length || length == limit)
                return buffer.AsMemory(0, length);

            Array.Resize(ref buffer, (int)Math.Min(limit, buffer.Length * 4L));
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var asked = response.Headers.RetryAfter;
        var wait = asked?.Delta ?? asked?.Date - _clock.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static OutboundResult Explain(HttpRequestException e, string host) => e switch
    {
        { InnerException: NotDialledException { Outcome: DialResult.Refused refused } } => new OutboundResult.Refused(refused.Reason),
        { InnerException: NotDialledException { Outcome: DialResult.Unavailable gone } } => new OutboundResult.Unavailable(gone.Reason, WasAsked: false),
        { HttpRequestError: HttpRequestError.SecureConnectionError } => new OutboundResult.Unavailable($"{host} offers no trusted TLS", WasAsked: false),
        _ => new OutboundResult.Unavailable($"{host} broke off the call ({e.HttpRequestError})"),
    };

    private static SocketsHttpHandler CreateHandler(OutboundGuard guard) => new()
    {
        ConnectCallback = async (context, ct) =>
            await guard.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, ct) switch
            {
                DialResult.Connected connected => new NetworkStream(connected.Socket, ownsSocket: true),
                var outcome => throw new NotDialledException(outcome),
            },
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        EnableMultipleHttp2Connections = true,
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseHeadersLength = 32,

        // What is left of an answer that was cut is not worth reading: a new connection costs less.
        MaxResponseDrainSize = 16 * 1024,

        // Tracing records whole URLs and sends our trace ids along; webhook URLs are secrets, and the ids are nobody's business.
        ActivityHeadersPropagator = null,
        SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = OutboundTls.ChainPolicy() },
    };
}
