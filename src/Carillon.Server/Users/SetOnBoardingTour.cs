using Carillon.Data;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Users;

/// <summary>How far somebody has come in a client's tour. What the numbers mean is the client's.</summary>
internal static class SetOnBoardingTour
{
    private const int Furthest = 1_000_000;

    public sealed record Request(int? ShowOnBoardingTour) : IRequest<Request>
    {
        public static Request Read(Fields fields)
        {
            var tour = fields["showOnBoardingTour"].Optional().AnyNumber().NotLess(-Furthest).NotGreater(Furthest);
            return new(double.IsFinite(tour.Number) ? (int)tour.Number : null);
        }
    }

    public static async Task<Answer<ProfileView>> Handle(Body<Request> body, Caller caller, CarillonDb db, TimeProvider clock, CancellationToken ct)
    {
        var user = await db.Users.SingleAsync(user => user.Id == caller.UserId, ct);
        user.ShowOnBoardingTour = body.Value.ShowOnBoardingTour ?? user.ShowOnBoardingTour;
        user.UpdatedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(ct);
        return Answer.Of(ProfileView.Of(user));
    }
}
