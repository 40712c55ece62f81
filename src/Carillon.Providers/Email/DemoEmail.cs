namespace Carillon.Providers.Email;

/// <summary>
/// The contract's sender for trying things out, at its maker's expense. Carillon comes without one; the id stays known, so that an
/// integration brought along from elsewhere says what to do instead.
/// </summary>
public sealed class DemoEmail : IEmailProvider
{
    public ProviderInfo Info { get; } = new("novu-email", Channel.Email, "Novu Email", DocsUrl: null);

    public Task<SendResult> SendAsync(EmailMessage message, Account account, CancellationToken ct) => Task.FromResult<SendResult>(
        new SendResult.Refused("There is no demo sender for mails: connect an account of your own", RefusedFor.Account));
}
