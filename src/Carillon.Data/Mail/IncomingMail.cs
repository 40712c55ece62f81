using Carillon.Data.Mapping;

namespace Carillon.Data.Mail;

/// <summary>
/// An answer to a mail, kept before the mail server that brought it is told so, and gone when it has been passed on. The row is its own
/// queue entry: whoever takes it pushes <see cref="DueAt"/> on first, so that nobody else does.
/// </summary>
public sealed class IncomingMail : IEnvironmentOwned
{
    public required string Id { get; init; }
    public required string EnvironmentId { get; init; }

    /// <summary>The message that it answers.</summary>
    public required string MessageId { get; init; }
    public required string RunId { get; init; }
    public required short Step { get; init; }

    /// <summary>The envelope: from whom, empty for mails that nobody wants an answer to, and to which of our addresses.</summary>
    public required string Sender { get; init; }
    public required string Recipient { get; init; }

    /// <summary>The network address of the server that brought it.</summary>
    public required string BroughtBy { get; init; }

    /// <summary>The mail as it came.</summary>
    public required byte[] Content { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public int Attempts { get; init; }

    /// <summary>JSON of how it ended, where only the trace does not know yet.</summary>
    public string? Outcome { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}
