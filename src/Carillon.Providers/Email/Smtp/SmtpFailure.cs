using System.Net.Sockets;
using Carillon.Providers.Http;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Carillon.Providers.Email.Smtp;

/// <summary>What went wrong with a mail server, in the engine's terms.</summary>
internal static class SmtpFailure
{
    private const int MaxWords = 200;

    /// <summary>Null for what is a defect of ours rather than the server's answer.</summary>
    public static SendResult? Of(Exception e, string host) => e switch
    {
        NotDialledException { Outcome: DialResult.Refused refused } => new SendResult.Refused(refused.Reason),
        NotDialledException { Outcome: DialResult.Unavailable gone } => new SendResult.Unavailable(gone.Reason),
        OperationCanceledException => new SendResult.Unavailable($"{host} took too long", MayHaveArrived: true),
        AuthenticationException { InnerException: SmtpCommandException no } when IsTransient(no) =>
            new SendResult.Unavailable($"{host} answered {(int)no.StatusCode} to the credentials"),
        AuthenticationException or ServiceNotAuthenticatedException => new SendResult.Refused($"{host} did not accept the credentials", RefusedFor.Account),
        SmtpCommandException no when IsTransient(no) => new SendResult.Unavailable(Words(no, host)),
        SmtpCommandException no => new SendResult.Refused(Words(no, host)),
        SslHandshakeException => new SendResult.Unavailable($"{host} offers no trusted TLS"),
        NotSupportedException => new SendResult.Refused($"{host} lacks a capability that is needed: {e.Message}"),
        SmtpProtocolException or ServiceNotConnectedException or IOException or SocketException =>
            new SendResult.Unavailable($"{host} broke off the conversation", MayHaveArrived: true),
        _ => null,
    };

    // 421 says that the server is closing; like all of the four hundreds it is worth a later try.
    private static bool IsTransient(SmtpCommandException no) => (int)no.StatusCode is >= 400 and < 500;

    private static string Words(SmtpCommandException no, string host)
    {
        var words = new string([.. no.Message.Select(letter => char.IsControl(letter) ? ' ' : letter).Take(MaxWords)]);
        return $"{host} answered {(int)no.StatusCode} {words}".TrimEnd();
    }
}
