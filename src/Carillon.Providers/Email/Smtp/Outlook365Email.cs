using System.Text.Json;

namespace Carillon.Providers.Email.Smtp;

/// <summary>
/// Microsoft's mail server for businesses, where who sends signs in as themselves.
/// https://learn.microsoft.com/exchange/mail-flow-best-practices/how-to-set-up-a-multifunction-device-or-application-to-send-email-using-microsoft-365-or-office-365
/// </summary>
public sealed class Outlook365Email(SmtpPool pool, TimeProvider clock) : IEmailProvider
{
    public ProviderInfo Info { get; } = new(
        "outlook365", Channel.Email, "Microsoft Outlook365", new Uri("https://learn.microsoft.com/exchange/mail-flow-best-practices/"),
        new Field("password", "Password", IsSecret: true),
        new Field("from", "From email address"),
        new Field("senderName", "Sender name"));

    public Task<SendResult> SendAsync(EmailMessage message, Account account, CancellationToken ct) =>
        SmtpDelivery.SendAsync(pool, message, ServerOf(account), clock.GetUtcNow(), ct);

    internal static Account ServerOf(Account account) => Account.Parse(JsonSerializer.Serialize(new
    {
        host = "smtp.office365.com",
        port = 587,
        requireTls = true,
        user = account.Text("from"),
        password = account.Text("password"),
        senderName = account.Text("senderName"),
    }));
}
