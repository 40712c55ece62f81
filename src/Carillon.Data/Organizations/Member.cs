namespace Carillon.Data.Organizations;

public enum MemberStatus { New, Active, Invited }

/// <summary>A user's place in an organization; an invitation that nobody has accepted yet has no user.</summary>
public sealed class Member
{
    public const string Admin = "admin";
    public const string Plain = "member";

    public required string Id { get; init; }
    public required string OrganizationId { get; init; }
    public string? UserId { get; set; }
    public required IReadOnlyList<string> Roles { get; set; }
    public required MemberStatus Status { get; set; }
    public Invite? Invite { get; set; }

    /// <summary>Of the invitation, once more, to be found by.</summary>
    public string? InviteToken { get; set; }

    /// <summary>Of the invitation, once more: an address is invited once per organization.</summary>
    public string? InviteEmail { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }
}

public sealed record Invite(string Email, string Token, DateTimeOffset InvitationDate, DateTimeOffset? AnswerDate, string InviterId);
