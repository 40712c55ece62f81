using System.Net;
using System.Text;
using Carillon.Server.Configuration;
using Carillon.Server.InboundParse.Replies;

namespace Carillon.Server.InboundParse.Smtp;

/// <summary>
/// A conversation with a mail server (RFC 5321). It is told that we have a mail when the mail is in the database, and not before. Mail for
/// anybody but those who wait for an answer is refused, so nothing is ever passed on to other mail servers.
/// </summary>
internal sealed class SmtpConversation(InboundMailOptions options, Letterbox letters, MailCertificate certificate)
{
    private const int MostRecipients = 10;
    private const int MostMistakes = 10;
    private const int MostCommands = 500;
    private const string Go = "220 2.0.0 Go ahead";
    private const string Bye = "221 2.0.0 Bye";
    private const string TooLarge = "552 5.3.4 The mail is too large";

    private readonly List<Addressee> _to = [];
    private Stream _stream = Stream.Null;
    private SmtpReader _reader = new(Stream.Null);
    private IPAddress _visitor = IPAddress.None;
    private bool _isGreeted;
    private bool _isEncrypted;
    private string? _sender;
    private int _mistakes;

    public async Task RunAsync(Stream stream, IPAddress visitor, CancellationToken ct)
    {
        _visitor = visitor;
        Use(stream);
        await SayAsync($"220 {options.Domain} ESMTP", ct);
        for (var commands = 0; commands < MostCommands; commands++)
        {
            if (await NextAsync(ct) is not { } command) return;

            var answer = await AnswerAsync(command, ct);
            if (answer[0] is '4' or '5' && ++_mistakes >= MostMistakes) answer = "421 4.7.0 Too many mistakes";
            await SayAsync(answer, ct);
            if (answer == Bye || answer.StartsWith("421", StringComparison.Ordinal)) return;
            if (answer == Go && !await EncryptAsync(ct)) return;
        }

        await SayAsync("421 4.7.0 Too many commands", ct);
    }

    private async Task<SmtpCommand?> NextAsync(CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(options.CommandTimeout);
        try
        {
            return await _reader.LineAsync(patience.Token) is { } line ? SmtpCommand.Parse(line) : null;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            await SayAsync("421 4.4.2 You were silent for too long", ct);
            return null;
        }
    }

    private async ValueTask<string> AnswerAsync(SmtpCommand command, CancellationToken ct)
    {
        switch (command.Verb)
        {
            case "EHLO" or "HELO": return Greet(command);
            case "MAIL": return From(command);
            case "RCPT": return await ToAsync(command, ct);
            case "DATA": return await ReceiveAsync(ct);
            case "STARTTLS" when certificate.IsThere && !_isEncrypted: return Go;
            case "RSET":
                Forget();
                return "250 2.0.0 Forgotten";
            case "NOOP": return "250 2.0.0 Still here";
            case "VRFY": return "252 2.1.5 Ask with RCPT";
            case "QUIT": return Bye;
            default: return "502 5.5.1 Not a command of this server";
        }
    }

    private string Greet(SmtpCommand command)
    {
        if (command.Rest.Length == 0) return "501 5.5.4 Say who you are";

        Forget();
        _isGreeted = true;
        if (command.Verb == "HELO") return $"250 {options.Domain}";

        string[] encryption = certificate.IsThere && !_isEncrypted ? ["STARTTLS"] : [];
        string[] lines = [options.Domain!, $"SIZE {options.MaxBytes}", "8BITMIME", "SMTPUTF8", "PIPELINING", .. encryption, "ENHANCEDSTATUSCODES"];
        return string.Join("\r\n", lines.Select((line, index) => (index < lines.Length - 1 ? "250-" : "250 ") + line));
    }

    private string From(SmtpCommand command)
    {
        if (!_isGreeted || _sender is not null) return "503 5.5.1 Not now";
        if (command.Path("FROM:") is not { } sender) return "501 5.1.7 That is not an address";
        if (command.SizeOrNull > options.MaxBytes) return TooLarge;

        _sender = sender;
        return "250 2.1.0 Whom is it for?";
    }

    private async ValueTask<string> ToAsync(SmtpCommand command, CancellationToken ct)
    {
        if (_sender is null) return "503 5.5.1 Not now";
        if (command.Path("TO:") is not { Length: > 0 } address) return "501 5.1.3 That is not an address";
        if (_to.Count >= MostRecipients) return "452 4.5.3 Too many at once";

        switch (await letters.FindAsync(address, ct))
        {
            case LookUp.Known known:
                _to.Add(known.Addressee);
                return "250 2.1.5 Known";
            case LookUp.NotNow: return "450 4.2.1 Come back later";
            default: return "550 5.1.1 Nobody here waits for an answer at that address";
        }
    }

    private async ValueTask<string> ReceiveAsync(CancellationToken ct)
    {
        if (_to.Count == 0) return "503 5.5.1 Not now";

        using var room = letters.MakeRoom();
        if (!room.IsAcquired) return "451 4.3.2 Too much mail at once, come back later";

        await SayAsync("354 Go on, and end with a dot", ct);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(options.DataTimeout);
        var data = await _reader.DataAsync(options.MaxBytes, patience.Token) ?? throw new IOException("The mail broke off.");
        var answer = data.IsTooLarge
            ? TooLarge
            : await letters.KeepAsync(new(_sender!, [.. _to], _visitor), data.Content.ToArray(), ct) ? "250 2.0.0 Kept" : "451 4.3.0 Come back later";
        Forget();
        return answer;
    }

    // What was said before the line was encrypted somebody else may have said.
    private async Task<bool> EncryptAsync(CancellationToken ct)
    {
        if (_reader.HasMore()) return false;

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(options.CommandTimeout);
        Use(await certificate.EncryptAsync(_stream, patience.Token));
        Forget();
        (_isEncrypted, _isGreeted) = (true, false);
        return true;
    }

    private void Forget()
    {
        _sender = null;
        _to.Clear();
    }

    private void Use(Stream stream) => (_stream, _reader) = (stream, new(stream));

    private async Task SayAsync(string line, CancellationToken ct)
    {
        await _stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), ct);
        await _stream.FlushAsync(ct);
    }
}
