using Carillon.Data;
using Carillon.Data.Organizations;
using Carillon.Data.Secrets;
using Carillon.Data.Users;
using Carillon.Server.Http.Access;
using Carillon.Server.Mail;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Invites;

/// <summary>Invites addresses into the caller's organization, each once, and writes the mails that say so.</summary>
internal sealed class InviteWriter(CarillonDb db, Caller caller, SystemMail mail, DashboardLinks links, TimeProvider clock)
{
    public const string AlreadyInvited = "Already invited";

    /// <summary>For each address whether it is invited now, and was not before.</summary>
    public async Task<IReadOnlyList<bool>> InviteAsync(IReadOnlyList<string> addresses, Ids ids, CancellationToken ct)
    {
        var wanted = addresses.Select(EmailAddress.Normalize).ToList();
        var fresh = await db.RetryLostRacesAsync(() => AddAsync(wanted, ids, ct));
        mail.Post();
        return fresh;
    }

    /// <summary>Adds the mails for invitations to the context.</summary>
    public async Task WriteAsync(IReadOnlyList<Invite> invites, CancellationToken ct)
    {
        if (!mail.IsOn) return;

        var organization = await db.Organizations.AsNoTracking().SingleAsync(found => found.Id == caller.OrganizationId, ct);
        var inviter = await db.Users.AsNoTracking().SingleAsync(user => user.Id == caller.UserId, ct);
        foreach (var invite in invites)
            mail.Write(db, LetterOf(invite, inviter, organization));
    }

    private async Task<IReadOnlyList<bool>> AddAsync(IReadOnlyList<string> addresses, Ids ids, CancellationToken ct)
    {
        var known = await db.Members
            .Where(member => member.OrganizationId == caller.OrganizationId && addresses.Contains(member.InviteEmail!))
            .Select(member => member.InviteEmail!)
            .ToHashSetAsync(ct);
        var fresh = addresses.Select(known.Add).ToList();
        var invites = addresses.Where((_, index) => fresh[index])
            .Select(address => new Invite(address, SecretToken.New(), clock.GetUtcNow(), AnswerDate: null, caller.UserId))
            .ToList();

        db.AddRange(invites.Select(invite => MemberOf(invite, ids.New())));
        await WriteAsync(invites, ct);
        await db.SaveChangesAsync(ct);
        return fresh;
    }

    private Member MemberOf(Invite invite, string id) => new()
    {
        Id = id,
        OrganizationId = caller.OrganizationId,
        Roles = [Member.Admin],
        Status = MemberStatus.Invited,
        Invite = invite,
        InviteToken = invite.Token,
        InviteEmail = invite.Email,
        CreatedAt = invite.InvitationDate,
        UpdatedAt = invite.InvitationDate,
    };

    private Letter LetterOf(Invite invite, User inviter, Organization organization)
    {
        var (who, where) = (Letter.Named($"{inviter.FirstName} {inviter.LastName}"), Letter.Named(organization.Name));
        return new(
            invite.Email,
            $"{who} invites you to {where}",
            $"{who} invites you to join {where}. The invitation is for {invite.Email}.",
            "Accept the invitation",
            links.Invitation(invite.Token));
    }
}
