using System.Security.Cryptography;
using System.Text.Json;
using MailKit.Security;

namespace Carillon.Providers.Email.Smtp;

/// <summary>The mail server of one account: where it is, how the line is secured, who we are there.</summary>
internal sealed class SmtpServer
{
    public required string Host { get; init; }
    public required int Port { get; init; }
    public required SecureSocketOptions Security { get; init; }
    public required SmtpTls Tls { get; init; }
    public string? User { get; init; }
    public string? Password { get; init; }

    /// <summary>The same for accounts that may share connections: everything that decided how the connection was made.</summary>
    public required string Key { get; init; }

    public static SmtpServer Of(Account account)
    {
        var (host, user, password) = (account.Text("host")!, account.Text("user"), account.Text("password"));
        var port = account.Number("port") ?? (account.Flag("secure") ? 465 : 587);
        var (security, tls) = (SecurityOf(account), account.Json("tlsOptions"));
        return new SmtpServer
        {
            Host = host,
            Port = port,
            Security = security,
            Tls = SmtpTls.Of(tls),
            User = user,
            Password = password,
            Key = HashOf(host, $"{port}", $"{security}", user, password, tls?.GetRawText()),
        };
    }

    /// <summary>What is wrong with the account, in words for whoever set it up; null when nothing is.</summary>
    public static string? FaultIn(Account account)
    {
        if (account.Text("host") is not { } host || Uri.CheckHostName(host.Trim('[', ']')) == UriHostNameType.Unknown)
            return "The integration has no host";
        if (account.Text("port") is not null && account.Number("port") is not (> 0 and <= 65535))
            return "The integration's port is not a number between 1 and 65535";

        return SmtpTls.FaultIn(account.Json("tlsOptions"));
    }

    private static SecureSocketOptions SecurityOf(Account account)
    {
        if (account.Flag("secure"))
            return SecureSocketOptions.SslOnConnect;
        if (account.Flag("requireTls"))
            return SecureSocketOptions.StartTls;

        return account.Flag("ignoreTls") ? SecureSocketOptions.None : SecureSocketOptions.StartTlsWhenAvailable;
    }

    // A hash, because keys outlive the mail and should not hold a password that long.
    private static string HashOf(params IEnumerable<string?> parts) =>
        Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(parts)));
}
