using System.Net;
using Carillon.Providers.Http;
using Carillon.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Carillon.Tests.Providers.Http;

public sealed class OutboundHttpTests
{
    private static readonly OutboundLimits Small = new(TimeSpan.FromSeconds(10), MaxAnswerBytes: 1000);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_comes_back_whole()
    {
        await using var peer = await HttpPeer.StartAsync(418, "short and stout", ("X-Id", "7"), ("Content-Type", "text/plain"));

        var answer = Assert.IsType<OutboundResult.Answer>(await Get(peer.Url));

        Assert.Equal((HttpStatusCode)418, answer.Status);
        Assert.Equal(("short and stout", "7", "text/plain"), (answer.Text, answer.Header("x-id"), answer.ContentType));
    }

    [Fact]
    public async Task A_private_address_is_refused_before_anything_is_sent()
    {
        await using var peer = await HttpPeer.StartAsync(200);
        using var http = new OutboundHttp(new OutboundGuard(new()), TimeProvider.System);

        var result = await http.SendAsync(new(HttpMethod.Get, peer.Url), Small, Ct);

        Assert.Contains("may not reach", Assert.IsType<OutboundResult.Refused>(result).Reason, StringComparison.Ordinal);
        Assert.Empty(peer.Received);
    }

    [Theory]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::ffff:10.0.0.1]/")]
    [InlineData("http://0xa000001/")]
    [InlineData("http://167772161/")]
    [InlineData("http://012.0.0.1/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://example.com/")]
    [InlineData("http://user:secret@example.com/")]
    public async Task An_address_that_is_not_for_us_is_refused(string url)
    {
        var result = await Get(new Uri(url));

        Assert.DoesNotContain("secret", Assert.IsType<OutboundResult.Refused>(result).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_followed()
    {
        await using var peer = await HttpPeer.StartAsync(async context =>
        {
            if (context.Request.Path == "/there")
                await context.Response.WriteAsync("found");
            else
                context.Response.Redirect("/there");
        });

        Assert.Equal("found", Assert.IsType<OutboundResult.Answer>(await Get(peer.Url)).Text);
    }

    [Fact]
    public async Task A_redirect_into_the_private_network_is_refused()
    {
        await using var peer = await HttpPeer.StartAsync(302, "", ("Location", "http://10.0.0.1/"));

        Assert.Contains("10.0.0.1", Assert.IsType<OutboundResult.Refused>(await Get(peer.Url)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirects_have_an_end()
    {
        await using var peer = await HttpPeer.StartAsync(302, "", ("Location", "/again"));

        Assert.IsType<OutboundResult.Refused>(await Get(peer.Url));

        Assert.Equal(4, peer.Received.Count);
    }

    [Fact]
    public async Task Another_host_gets_neither_credentials_nor_own_headers()
    {
        await using var there = await HttpPeer.StartAsync(200, "there");
        await using var here = await HttpPeer.StartAsync(307, "", ("Location", $"http://localhost:{there.Url.Port}/"));
        var request = new HttpRequestMessage(HttpMethod.Get, here.Url)
        {
            Headers = { { "Authorization", "Bearer t" }, { "X-Api-Key", "k" }, { "Accept", "text/plain" } },
        };

        Assert.Equal("there", Assert.IsType<OutboundResult.Answer>(await Send(request)).Text);

        var headers = Assert.Single(there.Received).Headers;
        Assert.Equal("text/plain", headers["Accept"]);
        Assert.DoesNotContain("Authorization", headers.Keys);
        Assert.DoesNotContain("X-Api-Key", headers.Keys);
        Assert.Equal($"localhost:{there.Url.Port}", headers["Host"]);
    }

    [Fact]
    public async Task The_same_host_gets_body_and_headers_again()
    {
        await using var peer = await HttpPeer.StartAsync(context =>
        {
            if (context.Request.Path == "/")
                context.Response.Redirect("/there", permanent: true, preserveMethod: true);
            return Task.CompletedTask;
        });
        var request = new HttpRequestMessage(HttpMethod.Post, peer.Url)
        {
            Content = new StringContent("message"), Headers = { { "X-Api-Key", "k" } },
        };

        Assert.Equal(HttpStatusCode.OK, Assert.IsType<OutboundResult.Answer>(await Send(request)).Status);

        var last = peer.Received.Last();
        Assert.Equal(("POST", "/there", "k"), (last.Method, last.Path, last.Headers["X-Api-Key"]));
        Assert.Equal("message"u8.ToArray(), last.Body);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_message_is_not_carried_to_another_host(int status)
    {
        await using var there = await HttpPeer.StartAsync(200);
        await using var here = await HttpPeer.StartAsync(status, "", ("Location", there.Url.ToString()));

        var result = await Send(new(HttpMethod.Post, here.Url) { Content = new StringContent("message") });

        Assert.IsType<OutboundResult.Refused>(result);
        Assert.Empty(there.Received);
    }

    [Fact]
    public void Https_is_not_left_for_http()
    {
        using var sent = new HttpRequestMessage(HttpMethod.Get, "https://example.com/");
        using var answer = new HttpResponseMessage(HttpStatusCode.Found) { Headers = { Location = new("http://example.com/") } };

        Assert.IsType<Redirect.Forbidden>(Redirect.In(answer, sent));
    }

    [Fact]
    public void Https_instead_of_http_is_the_same_site()
    {
        using var sent = new HttpRequestMessage(HttpMethod.Post, "http://example.com/a") { Content = new StringContent("m") };
        using var answer = new HttpResponseMessage((HttpStatusCode)308) { Headers = { Location = new("https://example.com/a") } };

        var onward = Assert.IsType<Redirect.To>(Redirect.In(answer, sent));

        Assert.Equal("https://example.com/a", onward.Request.RequestUri!.ToString());
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(1001, false)]
    [InlineData(5_000_000, false)]
    public async Task An_answer_that_is_too_long_is_refused(int length, bool accepted)
    {
        await using var peer = await HttpPeer.StartAsync(200, new string('x', length));

        var result = await Get(peer.Url);

        Assert.Equal(accepted, result is OutboundResult.Answer { Body.Length: 1000 });
        Assert.Equal(!accepted, result is OutboundResult.Refused);
    }

    [Fact]
    public async Task A_long_answer_is_cut_for_whoever_only_wants_its_beginning()
    {
        await using var peer = await HttpPeer.StartAsync(200, new string('x', 100_000));

        var result = await Send(new(HttpMethod.Get, peer.Url), Small with { CutsLongAnswers = true });

        Assert.Equal(1000, Assert.IsType<OutboundResult.Answer>(result).Body.Length);
    }

    [Fact]
    public async Task A_peer_that_says_nothing_is_given_up()
    {
        await using var peer = await HttpPeer.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));

        var result = await Send(new(HttpMethod.Get, peer.Url), Small with { Timeout = TimeSpan.FromMilliseconds(200) });

        Assert.Equal("127.0.0.1 did not answer within 0.2 s", Assert.IsType<OutboundResult.Unavailable>(result).Reason);
    }

    [Fact]
    public async Task A_peer_that_trickles_is_given_up()
    {
        await using var peer = await HttpPeer.StartAsync(async context =>
        {
            await context.Response.WriteAsync("x");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });

        var result = await Send(new(HttpMethod.Get, peer.Url), Small with { Timeout = TimeSpan.FromMilliseconds(200) });

        Assert.IsType<OutboundResult.Unavailable>(result);
    }

    [Fact]
    public async Task A_peer_that_hangs_up_is_unavailable()
    {
        await using var peer = await HttpPeer.StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        Assert.IsType<OutboundResult.Unavailable>(await Get(peer.Url));
    }

    [Fact]
    public async Task A_peer_that_hangs_up_within_its_answer_is_unavailable()
    {
        await using var peer = await HttpPeer.StartAsync(async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("x");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });

        Assert.IsType<OutboundResult.Unavailable>(await Get(peer.Url));
    }

    [Fact]
    public async Task A_caller_who_gives_up_is_told_by_exception()
    {
        await using var peer = await HttpPeer.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        using var http = Outbound.ToLoopback();
        using var caller = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => http.SendAsync(new(HttpMethod.Get, peer.Url), Small, caller.Token));
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("Mon, 23 Nov 2026 10:01:00 GMT", 60)]
    [InlineData("Mon, 23 Nov 2026 09:00:00 GMT", 0)]
    [InlineData("soon", null)]
    public async Task Retry_After_is_understood_in_both_forms(string header, int? seconds)
    {
        await using var peer = await HttpPeer.StartAsync(503, "", ("Retry-After", header));
        using var http = new OutboundHttp(
            Outbound.LoopbackGuard(), new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero)));

        var result = await http.SendAsync(new(HttpMethod.Get, peer.Url), Small, Ct);

        Assert.Equal(seconds, Assert.IsType<OutboundResult.Answer>(result).RetryAfter?.TotalSeconds);
    }

    private static Task<OutboundResult> Get(Uri url) => Send(new(HttpMethod.Get, url));

    private static async Task<OutboundResult> Send(HttpRequestMessage request, OutboundLimits? limits = null)
    {
        using var http = Outbound.ToLoopback();
        return await http.SendAsync(request, limits ?? Small, Ct);
    }
}
