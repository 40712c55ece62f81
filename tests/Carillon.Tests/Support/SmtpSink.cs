using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Channels;
using Carillon.Driving;
using MimeKit;

namespace Carillon.Tests.Support;

/// <summary>A mail as it arrived. <paramref name="Connection"/> counts connections from 1, in the order they were made.</summary>
public sealed record ReceivedMail(
    string From, IReadOnlyList<string> To, MimeMessage Message, string Raw, string? User, int Connection);

/// <summary>A mail server on loopback that accepts everything, unless it is scripted to fail.</summary>
public sealed class SmtpSink : IAsyncDisposable
{
    /// <summary>As a scripted reply: close the connection without a word.</summary>
    public const string HangUp = "";

    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<int, Task> _sessions = [];
    private readonly ConcurrentQueue<ReceivedMail> _received = [];
    private readonly Channel<ReceivedMail> _unread = Channel.CreateUnbounded<ReceivedMail>();
    private readonly Task _accepting;
    private int _connections;

    public SmtpSink(int port = 0)
    {
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many connections were ever made.</summary>
    public int Connections => _connections;

    public IReadOnlyCollection<ReceivedMail> Received => _received;

    /// <summary>
    /// Given a command line, answers the reply to give instead of the usual one; null leaves it. The greeting is asked
    /// for as <c>CONNECT</c>, the end of the data as <c>.</c>: hanging up there loses the reply, not the mail.
    /// </summary>
    public Func<string, string?> Script { get; set; } = _ => null;

    /// <summary>The one account that may send; without it every account may, and none is needed.</summary>
    public (string User, string Password)? Account { get; init; }

    /// <summary>With a certificate the sink offers STARTTLS, or speaks TLS from the first byte.</summary>
    public X509Certificate2? Certificate { get; init; }

    public bool SpeaksTlsAtOnce { get; init; }

    public IReadOnlyList<string> Extensions { get; init; } = ["PIPELINING", "8BITMIME", "AUTH PLAIN LOGIN"];

    /// <summary>The next mail that was not yet handed out, in order of arrival.</summary>
    public Task<ReceivedMail> NextAsync(CancellationToken ct) => _unread.Reader.ReadAsync(ct).AsTask();

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_sessions.Values);
        _closing.Dispose();
    }

    internal void Keep(ReceivedMail mail)
    {
        _received.Enqueue(mail);
        _unread.Writer.TryWrite(mail);
    }

    private async Task AcceptAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync(_closing.Token);
                var number = Interlocked.Increment(ref _connections);
                _sessions[number] = ServeAsync(client, number);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client, int number)
    {
        using (client)
        {
            client.NoDelay = true;
            try
            {
                await new SmtpSession(this, number).RunAsync(client.GetStream(), _closing.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
            {
                // The client went away, or the sink is closing.
            }
        }

        _sessions.TryRemove(number, out _);
    }
}

/// <summary>One conversation with a client of the sink.</summary>
internal sealed class SmtpSession(SmtpSink sink, int number)
{
    private readonly List<string> _to = [];
    private Stream _stream = Stream.Null;
    private SmtpReader _reader = new(Stream.Null);
    private string? _user;
    private string? _from;

    public async Task RunAsync(Stream stream, CancellationToken ct)
    {
        Use(sink.SpeaksTlsAtOnce ? await EncryptAsync(stream, ct) : stream);
        if (!await ReplyAsync(sink.Script("CONNECT") ?? "220 sink ready", ct))
            return;

        while (await _reader.LineAsync(ct) is { } line)
        {
            var reply = sink.Script(line) ?? await AnswerAsync(line, ct);
            if (!await ReplyAsync(reply, ct) || reply.StartsWith("221", StringComparison.Ordinal))
                return;
            if (reply.StartsWith("220 go", StringComparison.Ordinal))
                Use(await EncryptAsync(_stream, ct));
        }
    }

    private async Task<string> AnswerAsync(string line, CancellationToken ct)
    {
        var verb = line.Split(' ')[0].ToUpperInvariant();
        switch (verb)
        {
            case "EHLO": return Greeting();
            case "HELO" or "NOOP": return "250 ok";
            case "QUIT": return "221 bye";
            case "STARTTLS" when sink.Certificate is not null: return "220 go ahead";
            case "AUTH": return await AuthenticateAsync(line.Split(' '), ct);
            case "MAIL" when sink.Account is not null && _user is null: return "530 5.7.0 authentication required";
            case "RSET":
                Forget();
                return "250 ok";
            case "MAIL":
                Forget();
                _from = Address(line);
                return "250 ok";
            case "RCPT" when _from is not null:
                _to.Add(Address(line));
                return "250 ok";
            case "DATA" when _to.Count > 0: return await ReceiveAsync(ct);
            case "BDAT" when _to.Count > 0: return Finish(await _reader.ChunkAsync(LengthOfLastChunk(line), ct));
            default: return "503 5.5.1 bad sequence of commands";
        }
    }

    private string Greeting()
    {
        string[] lines = ["sink", .. sink.Extensions, .. sink.Certificate is null || _stream is SslStream ? [] : new[] { "STARTTLS" }];
        return string.Join("\r\n", lines.Select((line, index) => (index < lines.Length - 1 ? "250-" : "250 ") + line));
    }

    private async Task<string> AuthenticateAsync(string[] words, CancellationToken ct)
    {
        string user, password;
        if (words[1].Equals("PLAIN", StringComparison.OrdinalIgnoreCase))
        {
            var parts = Decode(words.Length > 2 ? words[2] : await AskAsync("", ct)).Split('\0');
            (user, password) = (parts[1], parts[2]);
        }
        else
        {
            user = Decode(words.Length > 2 ? words[2] : await AskAsync("VXNlcm5hbWU6", ct));
            password = Decode(await AskAsync("UGFzc3dvcmQ6", ct));
        }

        if (sink.Account is { } account && account != (user, password))
            return "535 5.7.8 wrong user or password";

        _user = user;
        return "235 2.7.0 welcome";
    }

    private async Task<string> AskAsync(string prompt, CancellationToken ct)
    {
        await ReplyAsync($"334 {prompt}", ct);
        return await _reader.LineAsync(ct) ?? throw new IOException("The client went away while authenticating.");
    }

    private async Task<string> ReceiveAsync(CancellationToken ct)
    {
        await ReplyAsync("354 end with a dot", ct);
        var raw = new StringBuilder();
        while (await _reader.LineAsync(ct) is { } line)
        {
            if (line == ".")
                return Finish(raw.ToString());

            raw.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        throw new IOException("The client went away within a mail.");
    }

    private string Finish(string raw)
    {
        var reply = sink.Script(".") ?? "250 2.0.0 kept";
        if (reply == SmtpSink.HangUp || reply.StartsWith('2'))
        {
            using var content = new MemoryStream(Encoding.Latin1.GetBytes(raw));
            sink.Keep(new ReceivedMail(_from!, [.. _to], MimeMessage.Load(content), raw, _user, number));
        }

        Forget();
        return reply;
    }

    private void Forget()
    {
        _from = null;
        _to.Clear();
    }

    private void Use(Stream stream)
    {
        _stream = stream;
        _reader = new(stream);
    }

    private async Task<Stream> EncryptAsync(Stream stream, CancellationToken ct)
    {
        var tls = new SslStream(stream);
        try
        {
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = sink.Certificate }, ct);
        }
        catch (System.Security.Authentication.AuthenticationException e)
        {
            throw new IOException("The client did not accept the certificate.", e);
        }

        return tls;
    }

    private async Task<bool> ReplyAsync(string reply, CancellationToken ct)
    {
        if (reply == SmtpSink.HangUp)
            return false;

        await _stream.WriteAsync(Encoding.ASCII.GetBytes(reply + "\r\n"), ct);
        await _stream.FlushAsync(ct);
        return true;
    }

    private static int LengthOfLastChunk(string line) => line.Split(' ') is [_, var length, "LAST"]
        ? int.Parse(length, CultureInfo.InvariantCulture)
        : throw new IOException($"A mail comes in one chunk, not as {line}.");

    private static string Address(string line) => line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];

    private static string Decode(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));
}
