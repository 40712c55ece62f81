using Carillon.Data;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Users;

internal static class GetMe
{
    public static async Task<Answer<ProfileView>> Handle(Caller caller, CarillonDb db, CancellationToken ct) =>
        Answer.Of(ProfileView.Of(await db.Users.AsNoTracking().SingleAsync(user => user.Id == caller.UserId, ct)));
}
