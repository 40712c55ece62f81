using Carillon.Server.Http;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.RateLimits;

namespace Carillon.Server.Invites;

/// <summary>Every route under /v1/invites. Whoever accepts becomes an admin unless told otherwise, so only admins invite.</summary>
internal static class InviteEndpoints
{
    extension(IServiceCollection services)
    {
        public void AddInvites() => services.AddScoped<InviteWriter>().AddScoped<InvitationPage>();
    }

    extension(IEndpointRouteBuilder api)
    {
        /// <summary>Outside of the API, where the links in mails lead.</summary>
        public void MapInvitationPage()
        {
            var page = api.MapGroup("/auth/invitation/{token}").Public("The token from the mail is in the address.")
                .HasSecretPath().NoStore().ExcludeFromDescription().TellsPeople(InvitationPage.Failed).RejectBadInput();

            page.MapGet("/", InvitationPage.Show);
            page.MapPost("/", InvitationPage.Handle).Answers(StatusCodes.Status200OK);
        }

        public void MapInvites()
        {
            var invites = api.MapGroup("/invites").WithTags("Invites").ExcludeFromDescription().HasSecretPath();

            invites.MapGet("/{inviteToken}", GetInvite.Handle).Public("The token is what there is to show.");
            invites.MapPost("/{inviteToken}/accept", AcceptInvite.Handle).RequireUserInAnyEnvironment();

            var admins = invites.MapGroup("").RequireUserInAnyEnvironment().RequireOrganization().RequireAdmin();
            admins.MapPost("/", CreateInvite.Handle);
            admins.MapPost("/bulk", CreateInvites.Handle).CostsBulk();
            admins.MapPost("/resend", ResendInvite.Handle);
        }
    }
}
