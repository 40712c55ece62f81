using Carillon.Data;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Users;

internal static class SetOnBoarding
{
    public sealed record Request(bool? ShowOnBoarding) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(fields.OptionalBool("showOnBoarding"));
    }

    public static async Task<Answer<ProfileView>> Handle(Body<Request> body, Caller caller, CarillonDb db, TimeProvider clock, CancellationToken ct)
    {
        var user = await db.Users.SingleAsync(user => user.Id == caller.UserId, ct);
        user.ShowOnBoarding = body.Value.ShowOnBoarding ?? user.ShowOnBoarding;
        user.UpdatedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(ct);
        return Answer.Of(ProfileView.Of(user));
    }
}
