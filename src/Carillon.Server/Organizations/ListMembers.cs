using Carillon.Data;
using Carillon.Data.Organizations;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;

namespace Carillon.Server.Organizations;

/// <summary>Everybody in the organization; to admins also who was invited, with the token that an invitation's link ends in.</summary>
internal static class ListMembers
{
    public static async Task<Answer<IReadOnlyList<MemberView>>> Handle(Caller caller, CarillonDb db, CancellationToken ct)
    {
        var members = await MemberView.ListAsync(db, caller.OrganizationId, ct);
        return caller.IsAdmin
            ? Answer.Of(members)
            : Answer.Of<IReadOnlyList<MemberView>>(
                [.. members.Where(member => member.UserId is not null).Select(member => member.ForMembers())]);
    }
}
