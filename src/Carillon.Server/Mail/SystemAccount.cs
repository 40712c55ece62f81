using System.Text.Json;
using Carillon.Data.Mapping;
using Carillon.Providers;
using Carillon.Providers.Email;
using Carillon.Providers.Email.Smtp;
using Carillon.Providers.Http;
using Carillon.Server.Configuration;

namespace Carillon.Server.Mail;

/// <summary>
/// The mail account of the operator. It has connections of its own, because it may reach what accounts of users may not: the
/// operator's network is the operator's.
/// </summary>
internal sealed class SystemAccount : IDisposable
{
    private static readonly OutboundOptions Anywhere = new() { Allow = ["0.0.0.0/0", "::/0"] };

    private readonly MailOptions _options;
    private readonly SmtpPool _pool;
    private readonly SmtpEmail _smtp;
    private readonly Account _account;

    public SystemAccount(MailOptions options, TimeProvider clock)
    {
        _options = options;
        _pool = new SmtpPool(new OutboundGuard(Anywhere), clock);
        _smtp = new SmtpEmail(_pool, clock);
        _account = Account.Parse(JsonSerializer.Serialize(
            new
            {
                options.Host,
                options.Port,
                options.Secure,
                options.RequireTls,
                options.User,
                options.Password,
            },
            JsonColumn.Options));
    }

    public Task<SendResult> SendAsync(string id, Letter letter, CancellationToken ct) => _smtp.SendAsync(
        new EmailMessage
        {
            Id = id,
            From = _options.From!,
            SenderName = _options.SenderName,
            To = [letter.To],
            Subject = letter.Subject,
            Html = letter.AsHtml,
            Text = letter.AsText,

            // So that nobody's out-of-office note answers.
            Headers = new Dictionary<string, string> { ["Auto-Submitted"] = "auto-generated" },
        },
        _account,
        ct);

    public void Dispose() => _pool.Dispose();
}
