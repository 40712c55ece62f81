using System.Text.Json.Serialization;
using Carillon.Data;
using Carillon.Data.Organizations;
using Carillon.Data.Users;
using Carillon.Server.Http.Answers;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Invites;

/// <summary>What an invitation says to whoever has its link: who invites whom where, and whether that person has an account yet.</summary>
internal static class GetInvite
{
    public static async Task<Results<Answer<View>, Problem>> Handle(string inviteToken, CarillonDb db, CancellationToken ct)
    {
        var member = await db.Members.AsNoTracking().SingleOrDefaultAsync(found => found.InviteToken == inviteToken, ct);
        if (member?.Invite is not { } invite) return Problem.BadRequest("No invite found");
        if (member.Status != MemberStatus.Invited) return Problem.BadRequest("Invite token expired");

        var organization = await db.Organizations.AsNoTracking().SingleAsync(found => found.Id == member.OrganizationId, ct);
        var users = await db.Users.AsNoTracking().Where(user => user.Id == invite.InviterId || user.Email == invite.Email).ToListAsync(ct);
        return Answer.Of(new View(
            InviterPart.Of(users.Single(user => user.Id == invite.InviterId)),
            new(organization.Name, organization.Logo) { Id = organization.Id },
            invite.Email)
        {
            UserId = users.SingleOrDefault(user => user.Email == invite.Email)?.Id,
        });
    }

    internal sealed record View(InviterPart Inviter, OrganizationPart Organization, string Email)
    {
        [JsonPropertyName("_userId")]
        public string? UserId { get; init; }
    }

    internal sealed record InviterPart(string FirstName, string? LastName, string? ProfilePicture)
    {
        [JsonPropertyName("_id")]
        public required string Id { get; init; }

        public static InviterPart Of(User user) => new(user.FirstName, user.LastName, user.ProfilePicture) { Id = user.Id };
    }

    internal sealed record OrganizationPart(string Name, string? Logo)
    {
        [JsonPropertyName("_id")]
        public required string Id { get; init; }
    }
}
