namespace Carillon.Providers.Sms;

/// <summary>
/// The contract's sender for trying things out, at its maker's expense. Carillon comes without one; the id stays known, so that an
/// integration brought along from elsewhere says what to do instead.
/// </summary>
public sealed class DemoSms : ISmsProvider
{
    public ProviderInfo Info { get; } = new("novu-sms", Channel.Sms, "Novu SMS", DocsUrl: null);

    public Task<SendResult> SendAsync(SmsMessage message, Account account, CancellationToken ct) => Task.FromResult<SendResult>(
        new SendResult.Refused("There is no demo sender for text messages: connect an account of your own", RefusedFor.Account));
}
