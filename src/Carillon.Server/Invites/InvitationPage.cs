using Carillon.Data;
using Carillon.Data.Organizations;
using Carillon.Data.Users;
using Carillon.Server.Auth;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Invites;

/// <summary>
/// Where the link in an invitation leads: a page to accept it on, with one's password, or by choosing one where there is no account yet.
/// </summary>
internal sealed class InvitationPage(CarillonDb db, NewUser newUser, Passwords passwords, LoginAttempts attempts, TimeProvider clock)
{
    public const string Failed = "The invitation was not accepted";

    /// <summary>Who has an account gives its password; who has none gives a name and chooses one.</summary>
    public sealed record Request(string Password, string? FirstName, string? LastName) : IRequest<Request>
    {
        public static Request Read(Fields fields)
        {
            if (fields.OptionalString("firstName") is null) return new(fields.RequiredString("password"), null, null);

            return new(fields.NewPassword("password"), fields.RequiredString("firstName"), fields.OptionalString("lastName"));
        }
    }

    public static Task<Results<HtmlPage, Problem>> Show(string token, InvitationPage page, CancellationToken ct) => page.ShowAsync(token, ct);

    public static async Task<Results<HtmlPage, Problem>> Handle(string token, Body<Request> body, InvitationPage page, CancellationToken ct)
    {
        if (await page.FindAsync(token, ct) is not { } invited) return Over();

        var name = await page.NameAsync(invited, ct);
        return await page.AcceptAsync(token, invited, body.Value, ct) is { } problem
            ? problem
            : new HtmlPage(StatusCodes.Status200OK, $"You are a member of {name}", ["You can sign in now."]);
    }

    private async Task<Results<HtmlPage, Problem>> ShowAsync(string token, CancellationToken ct)
    {
        if (await FindAsync(token, ct) is not { } invited) return Over();

        var hasAccount = await db.Users.AnyAsync(user => user.Email == invited.Invite!.Email, ct);
        return new HtmlPage(
            StatusCodes.Status200OK,
            $"Join {await NameAsync(invited, ct)}",
            [$"You were invited as {invited.Invite!.Email}.", hasAccount ? "Accept with the password of your account." : "Make an account to accept."],
            button: "Accept")
        {
            Fields = hasAccount ? [PageField.Password] : [PageField.FirstName, PageField.LastName, PageField.NewPassword],
        };
    }

    private async Task<Problem?> AcceptAsync(string token, Member invited, Request wanted, CancellationToken ct)
    {
        var (user, problem) = await SignInOrUpAsync(invited.Invite!.Email, wanted, ct);
        if (problem is not null) return problem;

        await using var change = await db.BeginMembershipChangeAsync(invited.OrganizationId, ct);
        if (await Acceptance.JoinAsync(db, token, user!, clock.GetUtcNow(), ct) is (null, { } refusal)) return refusal;

        await db.SaveChangesAsync(ct);
        await change.CommitAsync(ct);
        return null;
    }

    private async Task<(User? User, Problem? Problem)> SignInOrUpAsync(string email, Request wanted, CancellationToken ct)
    {
        var known = await db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Email == email, ct);
        if (known is null && wanted.FirstName is null) return (null, Problem.BadRequest("firstName should not be empty"));
        if (known is null) return await SignUpAsync(newUser.Of(email, wanted.Password, wanted.FirstName!, wanted.LastName), ct);
        if (!await attempts.TryBeginAsync(known.Id, ct)) return (null, Login.Blocked(await attempts.MinutesLeftAsync(known.Id, ct)));
        if (!passwords.Verify(known, wanted.Password)) return (null, Problem.Unauthorized("Incorrect email or password provided."));

        await attempts.ForgetAsync(known.Id, ct);
        return (known, null);
    }

    private async Task<(User? User, Problem? Problem)> SignUpAsync(User user, CancellationToken ct)
    {
        db.Add(user);
        try
        {
            await db.SaveChangesAsync(ct);
            return (user, null);
        }
        catch (DbUpdateException e) when (UniqueViolation.Is(e))
        {
            return (null, Problem.BadRequest("User already exists"));
        }
    }

    private Task<Member?> FindAsync(string token, CancellationToken ct) =>
        db.Members.AsNoTracking().SingleOrDefaultAsync(found => found.InviteToken == token && found.Status == MemberStatus.Invited, ct);

    private Task<string> NameAsync(Member invited, CancellationToken ct) =>
        db.Organizations.Where(found => found.Id == invited.OrganizationId).Select(found => found.Name).SingleAsync(ct);

    private static Problem Over() => Problem.BadRequest("Invite token expired");
}
