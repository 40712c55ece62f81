namespace Carillon.Providers.Email.Smtp;

/// <summary>A mail on its way to a mail server, whoever's it is.</summary>
internal static class SmtpDelivery
{
    public static async Task<SendResult> SendAsync(SmtpPool pool, EmailMessage message, Account account, DateTimeOffset now, CancellationToken ct)
    {
        message = message with { SenderName = message.NameOf(account) };
        if (SmtpServer.FaultIn(account) is { } misconfigured) return new SendResult.Refused(misconfigured, RefusedFor.Account);
        if (MimeMail.FaultIn(message) is { } fault) return new SendResult.Refused(fault);

        using var mail = MimeMail.Of(message, now);
        if (DkimKey.Sign(mail, account) is { } unsigned) return new SendResult.Refused(unsigned, RefusedFor.Account);

        var server = SmtpServer.Of(account);
        try
        {
            var refused = await pool.UseAsync(server, (connection, limit) => connection.DeliverAsync(mail, limit), ct);
            return new SendResult.Sent(
                $"<{mail.MessageId}>", refused.Count == 0 ? null : $"Not accepted: {string.Join(", ", refused)}");
        }
        catch (Exception e) when (!ct.IsCancellationRequested && SmtpFailure.Of(e, server.Host) is not null)
        {
            return SmtpFailure.Of(e, server.Host)!;
        }
    }
}
