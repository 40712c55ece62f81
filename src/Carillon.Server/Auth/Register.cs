using Carillon.Data;
using Carillon.Data.Organizations;
using Carillon.Data.Users;
using Carillon.Server.Configuration;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Auth;

internal static class Register
{
    public sealed record Request(string Email, string Password, string FirstName, string? LastName, string? OrganizationName, string? JobTitle)
        : IRequest<Request>
    {
        public string? Domain { get; private init; }
        public string? InvitationToken { get; private init; }
        public ProductUseCases UseCases { get; private init; } = new();

        public static Request Read(Fields fields)
        {
            var request = new Request(
                fields.RequiredEmail("email"),
                fields.NewPassword("password"),
                fields.RequiredString("firstName"),
                fields.OptionalString("lastName"),
                fields.OptionalString("organizationName"),
                null);
            fields["origin"].Optional().OneOf("web", "cli", "vercel");
            return request with
            {
                JobTitle = fields["jobTitle"].Optional().OneOf(JobTitles.All).TextOrNull,
                Domain = fields.OptionalString("domain"),
                InvitationToken = fields.OptionalString("invitationToken"),
                UseCases = fields.OptionalUseCases("productUseCases"),
            };
        }
    }

    public sealed record View(UserView User, string Token);

    public static async Task<Results<Answer<View>, Problem>> Handle(
        Body<Request> body, CarillonDb db, NewUser newUser, Founding founding, UserTokens tokens, ServerOptions options, CancellationToken ct)
    {
        var wanted = body.Value;
        if (!options.OpenRegistration && !await IsInvitedAsync(wanted, db, ct)) return Problem.BadRequest("Account creation is disabled");

        var user = newUser.Of(wanted.Email, wanted.Password, wanted.FirstName, wanted.LastName);
        user.JobTitle = wanted.JobTitle;
        if (await db.Users.AnyAsync(known => known.Email == user.Email, ct)) return Exists();

        db.Add(user);
        if (wanted.OrganizationName is { } name)
            Describe(founding.Found(db, name, user.Id), wanted);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (UniqueViolation.Is(e))
        {
            return Exists();
        }

        return Answer.Of(new View(UserView.Of(user), await FirstToken.MintAsync(db, tokens, user, ct)));
    }

    private static void Describe(Organization organization, Request wanted)
    {
        organization.Domain = wanted.Domain;
        organization.ProductUseCases = wanted.UseCases;
    }

    private static Task<bool> IsInvitedAsync(Request wanted, CarillonDb db, CancellationToken ct)
    {
        var email = EmailAddress.Normalize(wanted.Email);
        return db.Members.AnyAsync(
            member => member.InviteToken == wanted.InvitationToken && member.InviteEmail == email && member.Status == MemberStatus.Invited, ct);
    }

    private static Problem Exists() => Problem.BadRequest("User already exists");
}
