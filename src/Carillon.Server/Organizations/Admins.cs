using Carillon.Data.Organizations;
using Carillon.Server.Http.Answers;

namespace Carillon.Server.Organizations;

/// <summary>An organization always has somebody who may change it.</summary>
internal static class Admins
{
    /// <summary>Who takes over what a member leaves behind: the caller where that is an admin, else the admin of longest standing.</summary>
    public static string? HeirOf(IReadOnlyList<Member> members, string callerId) => members
        .Where(member => member.Status == MemberStatus.Active && member.Roles.Contains(Member.Admin))
        .OrderByDescending(member => member.UserId == callerId).ThenBy(member => member.CreatedAt)
        .FirstOrDefault()?.UserId;

    public static Problem NoneLeft() => Problem.BadRequest("An organization needs at least one admin");
}
