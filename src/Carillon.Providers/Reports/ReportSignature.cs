namespace Carillon.Providers.Reports;

public enum SignatureVerdict
{
    Right,
    Wrong,

    /// <summary>It was right once; it may be somebody who listened.</summary>
    Old,

    /// <summary>There is none, or nothing to check it with.</summary>
    Missing,
}

/// <summary>How a vendor signs what it posts.</summary>
public abstract class ReportSignature
{
    /// <summary>The credential that it is checked with, where it is none of those that sending needs.</summary>
    public const string KeyName = "webhookSigningKey";

    /// <summary>How far a vendor's clock may be from ours, and how long what it signed is worth something.</summary>
    public static TimeSpan Window { get; } = TimeSpan.FromMinutes(5);

    /// <summary>What the operator has to fill in besides; null where the account is enough.</summary>
    public Field? Key { get; init; }

    /// <summary>Whether it can only come from this very account. Otherwise the address has to be unguessable as well.</summary>
    public virtual bool NamesAccount => true;

    public abstract ValueTask<SignatureVerdict> CheckAsync(ReportRequest request, Account account, DateTimeOffset now, CancellationToken ct);
}

/// <summary>A signature that is checked with a key that both sides know, or with the vendor's public one.</summary>
internal sealed class KeyedSignature(string credential, Func<ReportRequest, string, DateTimeOffset, SignatureVerdict> check) : ReportSignature
{
    /// <summary>With a key of its own, which the vendor shows where webhooks are set up.</summary>
    public static KeyedSignature OfItsOwn(Func<ReportRequest, string, DateTimeOffset, SignatureVerdict> check) =>
        new(KeyName, check) { Key = new(KeyName, "Webhook signing key", IsSecret: true, IsRequired: false) };

    public override ValueTask<SignatureVerdict> CheckAsync(ReportRequest request, Account account, DateTimeOffset now, CancellationToken ct) =>
        ValueTask.FromResult(account.Text(credential) is { } key ? check(request, key, now) : SignatureVerdict.Missing);
}
