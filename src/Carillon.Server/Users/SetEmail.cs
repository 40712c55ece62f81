using Carillon.Data;
using Carillon.Data.Users;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Users;

/// <summary>Moves an account to another address. Links that were mailed to the old one no longer open it.</summary>
internal static class SetEmail
{
    public sealed record Request(string Email) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(fields.RequiredEmail("email"));
    }

    public static async Task<Results<Answer<ProfileView>, Problem>> Handle(
        Body<Request> body, Caller caller, CarillonDb db, TimeProvider clock, CancellationToken ct)
    {
        var email = EmailAddress.Normalize(body.Value.Email);
        if (await db.Users.AnyAsync(user => user.Email == email, ct)) return Taken();

        var user = await db.Users.SingleAsync(user => user.Id == caller.UserId, ct);
        user.Email = email;
        user.UpdatedAt = clock.GetUtcNow();
        db.RemoveRange(await db.PasswordResets.Where(reset => reset.UserId == user.Id).ToListAsync(ct));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (UniqueViolation.Is(e))
        {
            return Taken();
        }

        return Answer.Of(ProfileView.Of(user));
    }

    private static Problem Taken() => Problem.BadRequest("E-mail is invalid or taken");
}
