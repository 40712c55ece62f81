using System.ComponentModel.DataAnnotations;
using MimeKit;

namespace Carillon.Server.Configuration;

/// <summary>The mail account of the server itself, for invitations and new passwords. Section <c>Carillon:Mail</c>.</summary>
internal sealed class MailOptions : IValidatableObject
{
    public const string Section = "Carillon:Mail";

    /// <summary>The mail server. Without one, no mail of the server's own is sent.</summary>
    public string? Host { get; set; }

    [Range(1, 65535, ErrorMessage = "Carillon:Mail:Port must be a number from 1 to 65535.")]
    public int Port { get; set; } = 587;

    /// <summary>Encrypted from the first byte on, as on port 465.</summary>
    public bool Secure { get; set; }

    /// <summary>No mail without encryption. Only a relay on the same machine can do without.</summary>
    public bool RequireTls { get; set; } = true;

    public string? User { get; set; }
    public string? Password { get; set; }

    /// <summary>Whom mails are from.</summary>
    public string? From { get; set; }

    public string SenderName { get; set; } = "Carillon";

    internal bool IsSet => !string.IsNullOrWhiteSpace(Host);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (IsSet && Uri.CheckHostName(Host!.Trim('[', ']')) == UriHostNameType.Unknown)
            yield return new("Carillon:Mail:Host must be the name or the address of a mail server.");
        if (IsSet && !(MailboxAddress.TryParse(From, out var from) && from.Domain.Length > 0))
            yield return new("Carillon:Mail:From must be a mail address such as carillon@example.com.");
        if (string.IsNullOrEmpty(User) != string.IsNullOrEmpty(Password))
            yield return new("Carillon:Mail:User and Carillon:Mail:Password must be set together.");
    }
}
