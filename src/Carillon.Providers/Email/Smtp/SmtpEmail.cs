namespace Carillon.Providers.Email.Smtp;

/// <summary>Any mail server that speaks SMTP.</summary>
public sealed class SmtpEmail(SmtpPool pool, TimeProvider clock) : IEmailProvider
{
    public ProviderInfo Info { get; } = new(
        "nodemailer", Channel.Email, "Custom SMTP", DocsUrl: null,
        new Field("user", "User", IsRequired: false),
        new Field("password", "Password", IsSecret: true, IsRequired: false),
        new Field("host", "Host"),
        new Field("port", "Port", FieldKind.Number),
        new Field("secure", "Secure", FieldKind.Boolean, IsRequired: false),
        new Field("requireTls", "Require TLS", FieldKind.Switch, IsRequired: false),
        new Field("ignoreTls", "Ignore TLS", FieldKind.Switch, IsRequired: false),
        new Field("tlsOptions", "TLS options", FieldKind.Json, IsRequired: false),
        new Field("domain", "DKIM: Domain name", IsRequired: false),
        new Field("secretKey", "DKIM: Private key", IsSecret: true, IsRequired: false),
        new Field("accountSid", "DKIM: Key selector", IsRequired: false),
        new Field("from", "From email address"),
        new Field("senderName", "Sender name"));

    public Task<SendResult> SendAsync(EmailMessage message, Account account, CancellationToken ct) =>
        SmtpDelivery.SendAsync(pool, message, account, clock.GetUtcNow(), ct);

    /// <summary>Connects and signs in as the account would, and sends nothing.</summary>
    public async Task<SendResult> CheckAsync(Account account, CancellationToken ct)
    {
        if (SmtpServer.FaultIn(account) is { } fault)
            return new SendResult.Refused(fault, RefusedFor.Account);

        var server = SmtpServer.Of(account);
        try
        {
            await pool.UseAsync(server, AnswersAsync, ct);
            return new SendResult.Sent(ProviderMessageId: null);
        }
        catch (Exception e) when (!ct.IsCancellationRequested && SmtpFailure.Of(e, server.Host) is not null)
        {
            return SmtpFailure.Of(e, server.Host)!;
        }
    }

    private static async Task<bool> AnswersAsync(SmtpConnection connection, CancellationToken ct)
    {
        await connection.NoOpAsync(ct);
        return true;
    }
}
