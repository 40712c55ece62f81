using Carillon.Providers.Reports;

namespace Carillon.Providers;

public enum Channel { InApp, Email, Sms, Push, Chat }

public enum FieldKind { Text, Number, Boolean, Switch, Json, Dropdown }

/// <summary>One field the operator fills in to connect an account. Secret fields are masked wherever they are shown.</summary>
public sealed record Field(
    string Key, string Label, FieldKind Kind = FieldKind.Text, bool IsSecret = false, bool IsRequired = true)
{
    /// <summary>What counts where nothing is filled in.</summary>
    public string? Default { get; init; }

    /// <summary>What a dropdown offers beside "nothing".</summary>
    public IReadOnlyList<string> Options { get; init; } = [];
}

/// <summary>What the dashboard, the API and the docs know about a provider. There is no other list.</summary>
public sealed record ProviderInfo(
    string Id, Channel Channel, string Name, Uri? DocsUrl, params IReadOnlyList<Field> Fields)
{
    /// <summary>Whether the vendor takes our message's id as a key, so that the same message sent twice arrives once.</summary>
    public bool IsIdempotent { get; init; }

    /// <summary>How it tells what became of messages; null where it does not, or not by posting to an address.</summary>
    public VendorReports? Reports { get; init; }

    /// <summary>The fields of an account, and what its reports are checked with.</summary>
    public IEnumerable<Field> AllFields => Reports?.Signature?.Key is { } key ? [.. Fields, key] : Fields;
}

/// <summary>A provider holds no account: it comes with the message, so one instance serves every environment.</summary>
public interface IProvider
{
    ProviderInfo Info { get; }
}
