using Carillon.Providers;
using Carillon.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Carillon.Tests.Providers.Email.Smtp;

public sealed class SmtpPoolTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mails_one_after_another_share_a_connection()
    {
        await using var sink = new SmtpSink();
        using var smtp = new SmtpFixture();

        for (var i = 0; i < 50; i++)
            Assert.IsType<SendResult.Sent>(await smtp.SendAsync(sink));

        Assert.Equal((50, 1), (sink.Received.Count, sink.Connections));
    }

    [Fact]
    public async Task Mails_at_the_same_time_go_side_by_side_and_leave_their_connections_to_the_next()
    {
        var together = new TaskCompletionSource();
        var mails = 0;
        await using var sink = new SmtpSink
        {
            Script = line =>
            {
                if (line == "." && Interlocked.Increment(ref mails) == 4) together.SetResult();
                if (line == ".") together.Task.Wait(Ct);
                return null;
            },
        };
        using var smtp = new SmtpFixture();

        for (var round = 0; round < 3; round++)
            Assert.All(await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => smtp.SendAsync(sink))), result => Assert.IsType<SendResult.Sent>(result));

        Assert.Equal((12, 4), (sink.Received.Count, sink.Connections));
    }

    [Fact]
    public async Task A_conversation_ends_after_a_hundred_mails()
    {
        await using var sink = new SmtpSink();
        using var smtp = new SmtpFixture();

        for (var i = 0; i < 101; i++)
            await smtp.SendAsync(sink);

        Assert.Equal((101, 2), (sink.Received.Count, sink.Connections));
    }

    [Theory]
    [InlineData("""{"user":"bob","password":"b"}""")]
    [InlineData("""{"user":"ann","password":"other"}""")]
    [InlineData("""{"user":"ann","password":"a","ignoreTls":true}""")]
    [InlineData("""{"user":"ann","password":"a","tlsOptions":{"rejectUnauthorized":false}}""")]
    [InlineData("{}")]
    public async Task Other_accounts_never_share_a_connection(string other)
    {
        await using var sink = new SmtpSink();
        using var smtp = new SmtpFixture();

        await smtp.SendAsync(sink, account: new() { ["user"] = "ann", ["password"] = "a" });
        await smtp.SendAsync(sink, account: System.Text.Json.Nodes.JsonNode.Parse(other)!.AsObject());

        Assert.Equal(2, sink.Connections);
    }

    [Theory]
    [InlineData("RCPT", "550 nobody here")]
    [InlineData("DATA", "451 later")]
    [InlineData(".", "554 spam")]
    public async Task A_refused_mail_leaves_the_connection_to_the_next(string command, string reply)
    {
        var isRefusing = true;
        await using var sink = new SmtpSink
        {
            Script = line => isRefusing && line.StartsWith(command, StringComparison.Ordinal) ? reply : null,
        };
        using var smtp = new SmtpFixture();

        Assert.IsNotType<SendResult.Sent>(await smtp.SendAsync(sink));
        isRefusing = false;
        Assert.IsType<SendResult.Sent>(await smtp.SendAsync(sink));

        Assert.Equal((1, 1), (sink.Received.Count, sink.Connections));
    }

    [Theory]
    [InlineData(SmtpSink.HangUp)]
    [InlineData("421 4.4.2 idle for too long")]
    public async Task A_connection_the_server_gave_up_is_replaced(string farewell)
    {
        var hasSent = false;
        var goodbyes = 0;
        await using var sink = new SmtpSink
        {
            Script = line => hasSent && line.StartsWith("MAIL", StringComparison.Ordinal) && ++goodbyes == 1 ? farewell : null,
        };
        using var smtp = new SmtpFixture();

        await smtp.SendAsync(sink);
        hasSent = true;
        Assert.IsType<SendResult.Sent>(await smtp.SendAsync(sink));

        Assert.Equal((2, 2), (sink.Received.Count, sink.Connections));
        Assert.Equal([1, 2], sink.Received.Select(mail => mail.Connection));
    }

    [Fact]
    public async Task A_connection_is_replaced_only_once()
    {
        var hasSent = false;
        await using var sink = new SmtpSink
        {
            Script = line => hasSent && line.StartsWith("MAIL", StringComparison.Ordinal) ? SmtpSink.HangUp : null,
        };
        using var smtp = new SmtpFixture();

        await smtp.SendAsync(sink);
        hasSent = true;
        Assert.IsType<SendResult.Unavailable>(await smtp.SendAsync(sink));

        Assert.Equal((1, 2), (sink.Received.Count, sink.Connections));
    }

    [Fact]
    public async Task A_mail_whose_fate_is_unknown_is_not_sent_again_here()
    {
        var mails = 0;
        await using var sink = new SmtpSink { Script = line => line == "." && ++mails == 2 ? SmtpSink.HangUp : null };
        using var smtp = new SmtpFixture();

        await smtp.SendAsync(sink);
        Assert.IsType<SendResult.Unavailable>(await smtp.SendAsync(sink));

        Assert.Equal((2, 1), (sink.Received.Count, sink.Connections));
    }

    [Fact]
    public async Task An_idle_connection_is_closed_politely()
    {
        var clock = new FakeTimeProvider();
        var farewell = new TaskCompletionSource();
        await using var sink = new SmtpSink
        {
            Script = line =>
            {
                if (line == "QUIT")
                    farewell.TrySetResult();
                return null;
            },
        };
        using var smtp = new SmtpFixture(clock);

        await smtp.SendAsync(sink);
        clock.Advance(TimeSpan.FromMinutes(1));
        await farewell.Task.WaitAsync(Ct);
        await smtp.SendAsync(sink);

        Assert.Equal(2, sink.Connections);
    }

    [Fact]
    public async Task A_connection_in_steady_use_stays_open()
    {
        var clock = new FakeTimeProvider();
        await using var sink = new SmtpSink();
        using var smtp = new SmtpFixture(clock);

        for (var i = 0; i < 10; i++)
        {
            await smtp.SendAsync(sink);
            clock.Advance(TimeSpan.FromSeconds(20));
        }

        Assert.Equal((10, 1), (sink.Received.Count, sink.Connections));
    }
}
