using System.Text.Json.Nodes;

namespace Carillon.Providers.Push;

public interface IPushProvider : IProvider
{
    Task<SendResult> SendAsync(PushMessage message, Account account, CancellationToken ct);
}

/// <summary>A rendered notification for one device.</summary>
/// <param name="Id">Ours, the same at every attempt and for every device of a subscriber.</param>
/// <param name="Target">The device's token, or what else the vendor knows the subscriber by.</param>
/// <param name="Title">Its first line.</param>
/// <param name="Content">What it says.</param>
/// <param name="Payload">What the event carried; most vendors pass it on to the app as data.</param>
/// <param name="Overrides">Fields of the provider's own format that go out as they are.</param>
public sealed record PushMessage(
    string Id, string Target, string Title, string Content, JsonObject Payload, JsonObject Overrides)
{
    /// <summary>The subscriber and the step as templates see them; only the push webhook passes them on.</summary>
    public JsonObject? Subject { get; init; }
}
