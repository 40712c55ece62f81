namespace Carillon.Data.Mail;

/// <summary>
/// A mail of the server's own that has not been sent yet: an invitation, a new password. Sealed as a whole, because the links
/// in it open doors.
/// </summary>
public sealed class OutgoingMail
{
    public required string Id { get; init; }
    public required string Cipher { get; init; }

    /// <summary>When to try next; whoever takes it pushes this on first, so that nobody else does.</summary>
    public required DateTimeOffset DueAt { get; set; }
    public int Attempts { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
}
