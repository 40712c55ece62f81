using System.Net.Security;
using Carillon.Providers.Http;
using MailKit;
using MailKit.Net.Smtp;
using MimeKit;

namespace Carillon.Providers.Email.Smtp;

/// <summary>One authenticated conversation with a mail server, good for many mails one after another.</summary>
internal sealed class SmtpConnection : SmtpClient
{
    private const int MaxMails = 100; // servers commonly end a conversation after that many
    private readonly SmtpServer _server;
    private readonly List<(MailboxAddress Mailbox, SmtpResponse Response)> _refusals = [];
    private bool _isUpset;
    private bool _hasAnswered;
    private int _mails;

    private SmtpConnection(SmtpServer server)
    {
        _server = server;
        CheckCertificateRevocation = false;
        ServerCertificateValidationCallback = (_, _, _, errors) => errors == SslPolicyErrors.None || !server.Tls.RejectsUnauthorized;
    }

    /// <summary>Whether the next mail may use it: the last one left the conversation in order.</summary>
    public bool IsReusable => !_isUpset && IsConnected && _mails < MaxMails;

    public static async Task<SmtpConnection> OpenAsync(SmtpServer server, OutboundGuard guard, CancellationToken ct)
    {
        var dialled = await guard.ConnectAsync(server.Host, server.Port, ct);
        if (dialled is not DialResult.Connected { Socket: var socket })
            throw new NotDialledException(dialled);

        var connection = new SmtpConnection(server);
        var isReady = false;
        try
        {
            await connection.ConnectAsync(socket, server.Host, server.Port, server.Security, ct);
            if (server is { User: { } user, Password: { } password })
                await connection.AuthenticateAsync(user, password, ct);

            isReady = true;
            return connection;
        }
        finally
        {
            if (!isReady)
            {
                connection.Dispose();
                socket.Dispose();
            }
        }
    }

    /// <summary>Sends the mail to everybody the server accepts, and returns those it refused, with its words.</summary>
    public async Task<IReadOnlyList<string>> DeliverAsync(MimeMessage message, CancellationToken ct)
    {
        _refusals.Clear();
        _hasAnswered = false;
        _isUpset = true;
        _mails++;
        try
        {
            await SendAsync(message, ct);
            _isUpset = false;
        }
        catch (SmtpCommandException e)
        {
            // After an orderly no the client has reset the conversation; after a 421 the server is hanging up.
            _isUpset = e.StatusCode == SmtpStatusCode.ServiceNotAvailable;
            throw;
        }

        return [.. _refusals.Select(refusal => $"{refusal.Mailbox.Address} ({(int)refusal.Response.StatusCode})")];
    }

    /// <summary>The server ended the conversation while it lay idle, so that the mail cannot have gone out.</summary>
    public bool HadEnded(Exception e) => !_hasAnswered && e is
        IOException or SmtpProtocolException or ServiceNotConnectedException
        or SmtpCommandException { StatusCode: SmtpStatusCode.ServiceNotAvailable };

    /// <summary>Where the server takes chunks it need not be asked before the content is sent (RFC 3030): a round trip less for each mail.</summary>
    protected override bool PreferSendAsBinaryData => true;

    protected override void OnSenderAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) => _hasAnswered = true;

    /// <summary>One bad address in the copies must not cost the others their mail; one that is only busy is worth a later try for all.</summary>
    protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
    {
        _refusals.Add((mailbox, response));
        var isTransient = (int)response.StatusCode is >= 400 and < 500;
        var isLastOfTo = message.To.Mailboxes.All(to => _refusals.Any(refusal => refusal.Mailbox.Address == to.Address));
        if (isTransient || isLastOfTo)
            throw new SmtpCommandException(SmtpErrorCode.RecipientNotAccepted, response.StatusCode, mailbox, response.Response);
    }

    protected override void OnNoRecipientsAccepted(MimeMessage message)
    {
        var (mailbox, response) = _refusals[0];
        throw new SmtpCommandException(SmtpErrorCode.RecipientNotAccepted, response.StatusCode, mailbox, response.Response);
    }

    protected override SslClientAuthenticationOptions GetSslClientAuthenticationOptions(
        string host, RemoteCertificateValidationCallback remoteCertificateValidationCallback)
    {
        var tls = _server.Tls;
        var options = base.GetSslClientAuthenticationOptions(tls.ServerName ?? host, remoteCertificateValidationCallback);
        options.CertificateChainPolicy = tls.ChainPolicy();
        return options;
    }
}
