using Carillon.Data;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Auth;

/// <summary>Sets the password that somebody chose who followed the link in a mail, and signs them in.</summary>
internal static class ResetPassword
{
    private const string BadToken = "Bad token provided";

    public sealed record Request(string Password, string Token) : IRequest<Request>
    {
        public static Request Read(Fields fields)
        {
            var password = fields.NewPassword("password");
            var token = fields["token"];
            return new(password, token.Must(IsToken(token.TextOrNull), BadToken).Text);
        }

        private static bool IsToken(string? text) => Guid.TryParseExact(text, "D", out var token) && token.Version == 4;
    }

    public static async Task<Results<Answer<TokenView>, Problem>> Handle(
        Body<Request> body, CarillonDb db, PasswordResets resets, Passwords passwords, UserTokens tokens, TimeProvider clock, CancellationToken ct)
    {
        var (reset, isOver) = await resets.FindAsync(body.Value.Token, ct);
        if (reset is null) return Problem.BadRequest(BadToken);
        if (isOver) return Problem.BadRequest("Token has expired");

        await using var change = await db.Database.BeginTransactionAsync(ct);
        if (!await resets.TryUseAsync(reset, ct)) return Problem.BadRequest(BadToken);

        var user = await db.Users.SingleAsync(user => user.Id == reset.UserId, ct);
        user.PasswordHash = passwords.Hash(body.Value.Password);
        user.FailedLogins = 0;
        user.UpdatedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(ct);
        await change.CommitAsync(ct);
        return Answer.Of(new TokenView(await FirstToken.MintAsync(db, tokens, user, ct)));
    }
}
