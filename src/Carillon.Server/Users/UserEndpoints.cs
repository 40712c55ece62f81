using Carillon.Server.Http.Access;

namespace Carillon.Server.Users;

/// <summary>Every route under /v1/users: what people say of themselves.</summary>
internal static class UserEndpoints
{
    extension(IEndpointRouteBuilder api)
    {
        public void MapUsers()
        {
            var users = api.MapGroup("/users").WithTags("Users").ExcludeFromDescription().RequireKeyOrUserInAnyEnvironment();

            users.MapGet("/me", GetMe.Handle);
            users.MapPut("/profile", SetProfile.Handle);
            users.MapPut("/profile/email", SetEmail.Handle).RequireUserInAnyEnvironment();
            users.MapPut("/onboarding", SetOnBoarding.Handle);
            users.MapPut("/onboarding-tour", SetOnBoardingTour.Handle).RequireUserInAnyEnvironment();
        }
    }
}
