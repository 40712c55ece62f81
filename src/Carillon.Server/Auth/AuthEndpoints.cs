using Carillon.Server.Http;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;

namespace Carillon.Server.Auth;

/// <summary>Every route under /v1/auth. All hand out tokens, so none may be kept by anybody in between.</summary>
internal static class AuthEndpoints
{
    extension(IServiceCollection services)
    {
        public void AddAuth()
        {
            services.AddScoped<LoginAttempts>();
            services.AddScoped<PasswordResets>();
            services.AddSingleton<NewUser>();
            services.AddSingleton<Passwords>();
        }
    }

    extension(IEndpointRouteBuilder api)
    {
        /// <summary>Outside of the API, where the links in mails lead.</summary>
        public void MapAuthPages()
        {
            var page = api.MapGroup("/auth/reset/{token}").Public("The token from the mail is in the address.")
                .HasSecretPath().NoStore().ExcludeFromDescription().TellsPeople(ResetPage.Failed).RejectBadInput();

            page.MapGet("/", ResetPage.Show);
            page.MapPost("/", ResetPage.Handle).Answers(StatusCodes.Status200OK);
        }

        public void MapAuth()
        {
            var auth = api.MapGroup("/auth").WithTags("Auth").ExcludeFromDescription().NoStore();

            auth.MapPost("/register", Register.Handle).Public("Whoever signs up has nothing to show yet.");
            auth.MapPost("/login", Login.Handle).Public("The password is in the body.");
            auth.MapPost("/reset/request", RequestPasswordReset.Handle).Public("Whoever forgot their password cannot sign in.");
            auth.MapPost("/reset", ResetPassword.Handle).Public("The token from the mail is in the body.");
            auth.MapPost("/update-password", UpdatePassword.Handle).RequireUser();
            auth.MapGet("/refresh", RefreshToken.Handle).RequireUserInAnyEnvironment();
            auth.MapPost("/organizations/{organizationId}/switch", SwitchOrganization.Handle)
                .RequireUserInAnyEnvironment().Answers(StatusCodes.Status200OK);
            auth.MapPost("/environments/{environmentId}/switch", SwitchEnvironment.Handle)
                .RequireUserInAnyEnvironment().Answers(StatusCodes.Status200OK);
        }
    }
}
