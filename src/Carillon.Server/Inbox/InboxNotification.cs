using System.Text.Json;
using System.Text.Json.Serialization;

namespace Carillon.Server.Inbox;

/// <summary>A message as the newer components know it.</summary>
internal sealed record InboxNotification
{
    public required string Id { get; init; }
    public string? Subject { get; init; }
    public required string Body { get; init; }
    public required Recipient To { get; init; }
    public required bool IsRead { get; init; }
    public required bool IsArchived { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Left out where it never was read, and null where that was taken back.</summary>
    public JsonElement? ReadAt { get; init; }
    public JsonElement? ArchivedAt { get; init; }
    public string? Avatar { get; init; }
    public Button? PrimaryAction { get; init; }
    public Button? SecondaryAction { get; init; }
    public required string ChannelType { get; init; }
    public IReadOnlyList<string>? Tags { get; init; }
    public Target? Redirect { get; init; }

    internal sealed record Recipient(string Id, string? FirstName, string? LastName, string? Avatar, string SubscriberId)
    {
        /// <summary>One's own notification, shown to oneself after a change: the contract leaves out who that is.</summary>
        public static Recipient Oneself { get; } = new("", null, null, null, "");
    }

    internal sealed record Button(string Label, bool IsCompleted, Target? Redirect);

    internal sealed record Target(string Url, [property: JsonPropertyName("target")] string? Window);
}
