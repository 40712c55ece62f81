using Carillon.Data;
using Carillon.Data.Users;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Auth;

internal static class Login
{
    private const string Incorrect = "Incorrect email or password provided.";
    private const int WarnBelow = 3;

    public sealed record Request(string Email, string Password) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(fields.RequiredEmail("email"), fields.RequiredString("password"));
    }

    public static async Task<Results<Answer<TokenView>, Problem>> Handle(
        Body<Request> body, CarillonDb db, LoginAttempts attempts, Passwords passwords, UserTokens tokens, CancellationToken ct)
    {
        var email = EmailAddress.Normalize(body.Value.Email);
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Email == email, ct);
        if (user is not null && !await attempts.TryBeginAsync(user.Id, ct)) return Blocked(await attempts.MinutesLeftAsync(user.Id, ct));
        if (!passwords.Verify(user, body.Value.Password)) return await RefuseAsync(user, attempts, ct);

        await attempts.ForgetAsync(user!.Id, ct);
        return Answer.Of(new TokenView(await FirstToken.MintAsync(db, tokens, user, ct)));
    }

    private static async Task<Problem> RefuseAsync(User? user, LoginAttempts attempts, CancellationToken ct)
    {
        if (user is null) return Problem.Unauthorized(Incorrect);

        var left = await attempts.LeftAsync(user.Id, ct);
        return left switch
        {
            <= 0 => Blocked(LoginAttempts.BlockedMinutes),
            < WarnBelow => Problem.Unauthorized($"{Incorrect} {left} Attempts left"),
            _ => Problem.Unauthorized(Incorrect),
        };
    }

    public static Problem Blocked(int minutes) => Problem.Unauthorized($"Account blocked, Please try again after {minutes} minutes");
}
