using Carillon.Data;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Auth;

/// <summary>Sets a new password for somebody who knows the old one. Wrong guesses count like those at the door.</summary>
internal static class UpdatePassword
{
    public sealed record Request(string NewPassword, string ConfirmPassword, string CurrentPassword) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(
            fields.ReplacingPassword("newPassword"),
            fields["confirmPassword"].NotEmpty().Text,
            fields["currentPassword"].NotEmpty().Text);
    }

    public static async Task<Results<NoContent, Problem>> Handle(
        Body<Request> body, Caller caller, CarillonDb db, LoginAttempts attempts, Passwords passwords, PasswordResets resets,
        TimeProvider clock, CancellationToken ct)
    {
        var wanted = body.Value;
        if (wanted.NewPassword != wanted.ConfirmPassword) return Problem.BadRequest("Passwords do not match.");

        var user = await db.Users.AsNoTracking().SingleAsync(user => user.Id == caller.UserId, ct);
        if (user.PasswordHash is null) return Problem.BadRequest("OAuth user cannot change password.");
        if (!await attempts.TryBeginAsync(user.Id, ct)) return Login.Blocked(await attempts.MinutesLeftAsync(user.Id, ct));
        if (!passwords.Verify(user, wanted.CurrentPassword)) return Problem.Unauthorized();

        var (hash, now) = (passwords.Hash(wanted.NewPassword), clock.GetUtcNow());
        await db.Users.Where(row => row.Id == user.Id && row.PasswordHash == user.PasswordHash).ExecuteUpdateAsync(
            row => row.SetProperty(person => person.PasswordHash, hash)
                .SetProperty(person => person.FailedLogins, 0)
                .SetProperty(person => person.UpdatedAt, now),
            ct);
        await resets.ForgetAsync(user.Id, ct);
        return TypedResults.NoContent();
    }
}
