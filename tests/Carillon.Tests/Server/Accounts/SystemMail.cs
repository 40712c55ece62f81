using Carillon.Tests.Support;

namespace Carillon.Tests.Server.Accounts;

/// <summary>The server's own mails, as they arrive.</summary>
internal static class SystemMail
{
    public const string Public = "https://notify.example.com";

    public static (string, string)[] Through(SmtpSink sink) => ThroughPort(sink.Port);

    public static (string, string)[] ThroughPort(int port) =>
    [
        ("Carillon:Mail:Host", "127.0.0.1"),
        ("Carillon:Mail:Port", $"{port}"),
        ("Carillon:Mail:RequireTls", "false"),
        ("Carillon:Mail:From", "carillon@example.com"),
        ("Carillon:PublicUrl", Public),
    ];

    /// <summary>What the mail's link ends in; the same in its text and in its page.</summary>
    public static string TokenIn(ReceivedMail mail, string path)
    {
        var (text, html) = (After(mail.Message.TextBody!, Public + path), After(mail.Message.HtmlBody!, Public + path));
        Assert.Equal(text, html);
        return text;
    }

    private static string After(string body, string address) =>
        body[(body.IndexOf(address, StringComparison.Ordinal) + address.Length)..].Split('"', '\r', '\n')[0];
}
