using Carillon.Data;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Users;

internal static class SetProfile
{
    public sealed record Request(string FirstName, string LastName, string? ProfilePicture) : IRequest<Request>
    {
        public static Request Read(Fields fields) =>
            new(fields.RequiredString("firstName"), fields.RequiredString("lastName"), fields.OptionalImageUrl("profilePicture"));
    }

    public static async Task<Results<Answer<ProfileView>, Problem>> Handle(
        Body<Request> body, Caller caller, CarillonDb db, TimeProvider clock, CancellationToken ct)
    {
        var wanted = body.Value;
        if (wanted.FirstName.Length == 0 || wanted.LastName.Length == 0) return Problem.BadRequest("First name and last name are required");

        var user = await db.Users.SingleAsync(user => user.Id == caller.UserId, ct);
        user.FirstName = wanted.FirstName;
        user.LastName = wanted.LastName;
        user.ProfilePicture = wanted.ProfilePicture ?? user.ProfilePicture;
        user.UpdatedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(ct);
        return Answer.Of(ProfileView.Of(user));
    }
}
