using System.Text.Json;

namespace Carillon.Data.Execution;

/// <summary>What an event carries into every run, as the caller sent it; <paramref name="Actor"/> is a subscriber's external id.</summary>
public sealed record EventContent(
    JsonElement Payload,
    JsonElement? Overrides = null,
    JsonElement? Tenant = null,
    string? Actor = null,
    JsonElement? Controls = null);

/// <summary>Whom an event is for: an explicit list, or everybody.</summary>
public sealed record EventRecipients(IReadOnlyList<JsonElement> To, bool Everybody = false, JsonElement? Actor = null);
