using MimeKit;

namespace Carillon.Providers.Email;

/// <summary>The parts of a mail in the shapes that most vendors want.</summary>
internal static class MailParts
{
    extension(EmailMessage mail)
    {
        public string? NameOf(Account account) => mail.SenderName ?? account.Text("senderName");

        /// <summary>The sender as one text: <c>"Shop" &lt;shop@example.com&gt;</c>.</summary>
        public string Sender(Account account) =>
            mail.NameOf(account) is { } name ? new MailboxAddress(name, mail.From).ToString(encode: false) : mail.From;

        public IReadOnlyDictionary<string, string>? HeadersOrNull => mail.Headers.Count == 0 ? null : mail.Headers;

        public string? Custom(string name) => mail.CustomData?[name]?.ToString();
    }

    extension(EmailAttachment file)
    {
        /// <summary>Whether the text shows it, by its content id.</summary>
        public bool IsInline => file.ContentId is not null;

        public string Base64 => Convert.ToBase64String(file.Content.Span);

        public string DispositionOf => file.Disposition ?? (file.IsInline ? "inline" : "attachment");
    }

    extension<T>(IReadOnlyList<T> list)
    {
        /// <summary>Each in the vendor's shape; null where there is none, so that the field is left out.</summary>
        public object[]? Each(Func<T, object> shape) => list.Count == 0 ? null : [.. list.Select(shape)];
    }
}
