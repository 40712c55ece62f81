using System.Runtime.InteropServices;
using MimeKit;
using MimeKit.Utils;

namespace Carillon.Providers.Email;

/// <summary>The mail as it travels. What could smuggle in a header or an address is found before anything is built.</summary>
internal static class MimeMail
{
    private static readonly string[] OwnHeaders = ["From", "To", "Cc", "Bcc", "Subject", "Message-ID", "MIME-Version", "DKIM-Signature"];

    /// <summary>What is wrong with the mail, without repeating it; null when nothing is.</summary>
    public static string? FaultIn(EmailMessage mail)
    {
        if (mail.To.Count == 0)
            return "The mail has no recipient";
        if (Mailbox(mail.From) is null)
            return "The sender's address is not a mail address";
        if (mail.To.Concat(mail.Cc).Concat(mail.Bcc).Any(address => Mailbox(address) is null))
            return "An address of a recipient is not a mail address";
        if (mail.ReplyTo is { Length: > 0 } reply && Mailbox(reply) is null)
            return "The reply address is not a mail address";
        if (BreaksLines(mail.Subject.Trim()) || BreaksLines(mail.SenderName))
            return "The subject or the sender's name contains a line break";

        return FaultInHeaders(mail) ?? FaultInAttachments(mail);
    }

    public static MimeMessage Of(EmailMessage mail, DateTimeOffset now)
    {
        var from = Mailbox(mail.From)!;

        // Named at once: a message without them makes up an id of its own first, at a price.
        var message = new MimeMessage(
            new Header(HeaderId.Date, DateUtils.FormatDate(now)), new Header(HeaderId.MessageId, $"<{MessageId(mail, from)}>"))
        {
            Subject = mail.Subject.Trim(),
            Body = Body(mail),
        };
        message.From.Add(new MailboxAddress(mail.SenderName ?? from.Name, from.Address));
        message.To.AddRange(Mailboxes(mail.To));
        message.Cc.AddRange(Mailboxes(mail.Cc));
        message.Bcc.AddRange(Mailboxes(mail.Bcc));
        if (mail.ReplyTo is { Length: > 0 } reply)
            message.ReplyTo.AddRange(Mailboxes([reply]));
        foreach (var (name, value) in mail.Headers)
            message.Headers[name] = value;

        return message;
    }

    /// <summary>The same at every attempt, so that whoever receives a mail twice can tell.</summary>
    private static string MessageId(EmailMessage mail, MailboxAddress from) =>
        $"{mail.Id}@{MailboxAddress.EncodeAddrspec(from.Address).Split('@')[^1]}";

    private static MailboxAddress? Mailbox(string text) =>
        !BreaksLines(text) && MailboxAddress.TryParse(text, out var mailbox) && mailbox is { Domain.Length: > 0, LocalPart.Length: > 0 }
            ? mailbox
            : null;

    private static IEnumerable<MailboxAddress> Mailboxes(IReadOnlyList<string> addresses) => addresses.Select(Mailbox).OfType<MailboxAddress>();

    private static bool BreaksLines(string? text) => text is not null && text.Any(letter => letter is < ' ' and not '\t' or '\x7f');

    private static string? FaultInHeaders(EmailMessage mail)
    {
        foreach (var (name, value) in mail.Headers)
        {
            if (name.Length == 0 || name.Any(letter => letter is <= ' ' or > '~' or ':') || BreaksLines(value))
                return "A header's name is not one, or its value contains a line break";
            if (OwnHeaders.Contains(name, StringComparer.OrdinalIgnoreCase) || name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))
                return $"The header {name} follows from the mail and cannot be set";
        }

        return null;
    }

    private static string? FaultInAttachments(EmailMessage mail) =>
        mail.Attachments.Any(file =>
            BreaksLines(file.Name) || BreaksLines(file.ContentId) || BreaksLines(file.Mime) || !ContentType.TryParse(file.Mime, out _))
            ? "An attachment's name or type cannot be read"
            : null;

    private static MimeEntity Body(EmailMessage mail)
    {
        var builder = new BodyBuilder { HtmlBody = mail.Html, TextBody = mail.Text ?? (mail.Html is null ? "" : null) };
        foreach (var file in mail.Attachments)
            Add(file, file.IsInline ? builder.LinkedResources : builder.Attachments);

        return builder.ToMessageBody();
    }

    private static void Add(EmailAttachment file, AttachmentCollection into)
    {
        var type = ContentType.Parse(file.Mime);
        if (type.IsMimeType("message", "*"))
            into.Add(file.Name, Open(file.Content), type); // a mail in a mail is not a file: it travels unencoded
        else
            into.Add(Part(file, type));
    }

    // Read where it lies: mails of one event that leave together are built around the same bytes.
    private static MimePart Part(EmailAttachment file, ContentType type) => new(type)
    {
        FileName = file.Name,
        ContentId = file.ContentId,
        ContentTransferEncoding = ContentEncoding.Base64,
        ContentDisposition = new(DispositionOf(file)) { FileName = file.Name },
        Content = new MimeContent(Open(file.Content)),
    };

    private static string DispositionOf(EmailAttachment file) =>
        file.Disposition is ContentDisposition.Inline or ContentDisposition.Attachment ? file.Disposition
        : file.IsInline ? ContentDisposition.Inline
        : ContentDisposition.Attachment;

    private static MemoryStream Open(ReadOnlyMemory<byte> content) =>
        MemoryMarshal.TryGetArray(content, out var whole)
            ? new(whole.Array!, whole.Offset, whole.Count, writable: false)
            : new(content.ToArray(), writable: false);
}
