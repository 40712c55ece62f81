using System.Text.Json.Serialization;
using Carillon.Data;
using Carillon.Data.Organizations;
using Carillon.Data.Users;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Organizations;

/// <summary>Somebody's place in an organization, with who it is, or with the invitation nobody has answered yet.</summary>
internal sealed record MemberView
{
    [JsonPropertyName("_id")]
    public required string ObjectId { get; init; }

    [JsonPropertyName("_userId"), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? UserId { get; init; }
    public UserPart? User { get; init; }
    public required IReadOnlyList<string> Roles { get; init; }
    public InvitePart? Invite { get; init; }
    public required string MemberStatus { get; init; }

    [JsonPropertyName("_organizationId")]
    public required string OrganizationId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    [JsonPropertyName("__v")]
    public int DocumentVersion { get; }
    public required string Id { get; init; }

    public static MemberView Of(Member member, User? user = null) => new()
    {
        ObjectId = member.Id,
        UserId = member.UserId,
        User = user is null ? null : UserPart.Of(user),
        Roles = member.Roles,
        Invite = member.Invite is { } invite ? InvitePart.Of(invite) : null,
        MemberStatus = StatusOf(member),
        OrganizationId = member.OrganizationId,
        CreatedAt = member.CreatedAt,
        UpdatedAt = member.UpdatedAt,
        Id = member.Id,
    };

    /// <summary>All members, in the order in which they came.</summary>
    public static async Task<IReadOnlyList<MemberView>> ListAsync(CarillonDb db, string organizationId, CancellationToken ct)
    {
        var members = await (
            from member in db.Members
            join user in db.Users on member.UserId equals user.Id into users
            from user in users.DefaultIfEmpty()
            where member.OrganizationId == organizationId
            orderby member.CreatedAt, member.Id
            select new { Member = member, User = user }).AsNoTracking().ToListAsync(ct);
        return [.. members.Select(found => Of(found.Member, found.User))];
    }

    /// <summary>As a member who is no admin sees it: an address and an invitation are nobody else's.</summary>
    public MemberView ForMembers() => this with { Invite = null, User = User is null ? null : User with { Email = "" } };

    private static string StatusOf(Member member) => member.Status switch
    {
        Carillon.Data.Organizations.MemberStatus.Active => "active",
        Carillon.Data.Organizations.MemberStatus.Invited => "invited",
        _ => "new",
    };

    internal sealed record UserPart
    {
        [JsonPropertyName("_id")]
        public required string ObjectId { get; init; }
        public required string FirstName { get; init; }
        public string? LastName { get; init; }
        public required string Email { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }
        public string? ProfilePicture { get; init; }
        public required string Id { get; init; }

        public static UserPart Of(User user) => new()
        {
            ObjectId = user.Id,
            FirstName = user.FirstName,
            LastName = user.LastName,
            Email = user.Email,
            CreatedAt = user.CreatedAt,
            ProfilePicture = user.ProfilePicture,
            Id = user.Id,
        };
    }

    internal sealed record InvitePart(string Email, string Token, DateTimeOffset InvitationDate, DateTimeOffset? AnswerDate)
    {
        [JsonPropertyName("_inviterId")]
        public required string InviterId { get; init; }

        public static InvitePart Of(Invite invite) =>
            new(invite.Email, invite.Token, invite.InvitationDate, invite.AnswerDate) { InviterId = invite.InviterId };
    }
}
