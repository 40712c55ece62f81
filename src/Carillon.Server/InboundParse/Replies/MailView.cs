using System.Net;
using System.Security.Cryptography;
using Carillon.Data.Mail;
using Carillon.Engine.Emails;
using MimeKit;

namespace Carillon.Server.InboundParse.Replies;

/// <summary>
/// A mail as applications see it. Of its text and its HTML, what is missing is made of the other. Who wrote it is not vouched for: there
/// is nothing about DKIM or SPF in it.
/// </summary>
internal sealed record MailView
{
    public required string Html { get; init; }
    public required string Text { get; init; }
    public required IReadOnlyDictionary<string, string> Headers { get; init; }
    public string? Subject { get; init; }
    public string? MessageId { get; init; }
    public required string Priority { get; init; }
    public required IReadOnlyList<Mailbox> From { get; init; }
    public required IReadOnlyList<Mailbox> To { get; init; }
    public required IReadOnlyList<Mailbox> Cc { get; init; }
    public required DateTimeOffset Date { get; init; }
    public required IReadOnlyList<File> Attachments { get; init; }
    public required Visit Connection { get; init; }
    public required Path EnvelopeFrom { get; init; }
    public required IReadOnlyList<Path> EnvelopeTo { get; init; }

    public static MailView Of(IncomingMail mail)
    {
        using var content = new MemoryStream(mail.Content);
        using var message = Read(content);
        var (html, text) = (message.HtmlBody, message.TextBody);
        return new()
        {
            Html = html ?? (text is null ? "" : $"<p>{WebUtility.HtmlEncode(text).ReplaceLineEndings("<br>")}</p>"),
            Text = text ?? (html is null ? "" : MailPage.Of(html).Text),
            Headers = message.Headers.GroupBy(header => header.Field.ToLowerInvariant()).ToDictionary(field => field.Key, field => field.Last().Value),
            Subject = message.Subject,
            MessageId = message.MessageId,
            Priority = message.Priority switch { MessagePriority.Urgent => "high", MessagePriority.NonUrgent => "low", _ => "normal" },
            From = Of(message.From),
            To = Of(message.To),
            Cc = Of(message.Cc),
            Date = message.Date == default ? mail.CreatedAt : message.Date,
            Attachments = [.. message.BodyParts.OfType<MimePart>().Where(IsFile).Select(File.Of)],
            Connection = new(mail.BroughtBy),
            EnvelopeFrom = new(mail.Sender),
            EnvelopeTo = [new(mail.Recipient)],
        };
    }

    // What is no mail is the text of one.
    private static MimeMessage Read(Stream content)
    {
        try
        {
            return MimeMessage.Load(content);
        }
        catch (FormatException)
        {
            content.Position = 0;
            using var reader = new StreamReader(content, leaveOpen: true);
            return new MimeMessage { Body = new TextPart("plain") { Text = reader.ReadToEnd() } };
        }
    }

    private static bool IsFile(MimePart part) => part.IsAttachment || part.ContentId is not null || part is not TextPart;

    private static Mailbox[] Of(InternetAddressList addresses) => [.. addresses.Mailboxes.Select(one => new Mailbox(one.Address, one.Name ?? ""))];

    internal sealed record Mailbox(string Address, string Name);

    internal sealed record Path(string Address);

    internal sealed record Visit(string RemoteAddress);

    internal sealed record File
    {
        public required string ContentType { get; init; }
        public required string FileName { get; init; }
        public required string ContentDisposition { get; init; }
        public string? ContentId { get; init; }
        public required string Checksum { get; init; }
        public required int Length { get; init; }

        /// <summary>In base64.</summary>
        public required string Content { get; init; }

        public static File Of(MimePart part)
        {
            using var decoded = new MemoryStream();
            part.Content?.DecodeTo(decoded);
            var bytes = decoded.ToArray();
            return new()
            {
                ContentType = part.ContentType.MimeType,
                FileName = part.FileName ?? "attachment",
                ContentDisposition = part.ContentDisposition?.Disposition ?? "attachment",
                ContentId = part.ContentId,
                Checksum = Convert.ToHexStringLower(SHA256.HashData(bytes)),
                Length = bytes.Length,
                Content = Convert.ToBase64String(bytes),
            };
        }
    }
}
