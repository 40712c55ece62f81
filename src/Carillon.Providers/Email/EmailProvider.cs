using System.Text.Json.Nodes;

namespace Carillon.Providers.Email;

public interface IEmailProvider : IProvider
{
    Task<SendResult> SendAsync(EmailMessage message, Account account, CancellationToken ct);
}

/// <summary>A rendered mail. Its id is ours: it is the idempotency key and the basis of the Message-ID, the same at every attempt.</summary>
public sealed record EmailMessage
{
    public required string Id { get; init; }
    public required string From { get; init; }
    public required IReadOnlyList<string> To { get; init; }
    public required string Subject { get; init; }
    public string? SenderName { get; init; }
    public string? ReplyTo { get; init; }
    public IReadOnlyList<string> Cc { get; init; } = [];
    public IReadOnlyList<string> Bcc { get; init; } = [];
    public string? Html { get; init; }
    public string? Text { get; init; }
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<EmailAttachment> Attachments { get; init; } = [];
    public string? IpPoolName { get; init; }
    public JsonObject? CustomData { get; init; }
    public EmailOrigin? Origin { get; init; }

    /// <summary>The step's content before rendering and the payload it was rendered with; only the e-mail webhook passes it on.</summary>
    public JsonObject? PayloadDetails { get; init; }
}

/// <summary>What a mail came from, for providers that can carry it as tags.</summary>
public sealed record EmailOrigin(string TransactionId, string WorkflowIdentifier, string SubscriberId);

public sealed record EmailAttachment(
    string Name, string Mime, ReadOnlyMemory<byte> Content, string? ContentId = null, string? Disposition = null);
