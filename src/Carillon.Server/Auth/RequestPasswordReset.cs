using Carillon.Data;
using Carillon.Data.Users;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Mail;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Auth;

/// <summary>
/// Mails a link to choose a new password. The answer is the same whether or not there is such a user and however often it is
/// asked, so that nobody learns here who has an account.
/// </summary>
internal static partial class RequestPasswordReset
{
    public sealed record Request(string Email) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(fields.RequiredEmail("email"));
    }

    /// <summary>From where in a client it was asked for, which makes no difference here.</summary>
    public sealed record Source : IRequest<Source>
    {
        public static Source Read(Fields fields)
        {
            fields["src"].Optional().OneOf("FORGOT_PASSWORD", "USER_PROFILE");
            return new();
        }
    }

    public sealed record View(bool Success = true);

    public static async Task<Answer<View>> Handle(
        Query<Source> _, Body<Request> body, CarillonDb db, PasswordResets resets, SystemMail mail, DashboardLinks links,
        ILogger<PasswordResets> logger, CancellationToken ct)
    {
        if (!mail.IsOn)
        {
            Log.NoMail(logger);
            return Answer.Of(new View());
        }

        var email = EmailAddress.Normalize(body.Value.Email);
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Email == email, ct);
        if (user is not null && await resets.IssueAsync(user, ct) is { } token)
            mail.Write(db, LetterTo(user, links.NewPassword(token)));
        await db.SaveChangesAsync(ct);
        mail.Post();
        return Answer.Of(new View());
    }

    private static Letter LetterTo(User user, string link) => new(
        user.Email,
        "Choose a new password",
        $"Somebody, probably you, wants to choose a new password for the account of {user.Email}. If it was not you, do nothing: the old one stays.",
        "Choose a new password",
        link);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A new password was asked for, but there is no mail account to send the link with: set Carillon:Mail:Host.")]
        public static partial void NoMail(ILogger logger);
    }
}
