using Carillon.Server.Http;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;

namespace Carillon.Server.PreferencePage;

/// <summary>Where people choose what they receive, with nothing but a link: /v1/preference-page. See the README beside this file.</summary>
internal static class PreferencePageEndpoints
{
    extension(IServiceCollection services)
    {
        public void AddPreferencePage()
        {
            services.AddScoped<PageOwner>();
            services.AddScoped<SavePage>();
        }
    }

    extension(IEndpointRouteBuilder api)
    {
        public void MapPreferencePage()
        {
            api.MapGet("/subscribers/{subscriberId}/preference-page", GetLink.Handle).WithTags("Subscribers").RequireKeyOrUser().NoStore();

            var page = api.MapGroup("/preference-page/{token}")
                .Public("People come from a mail or from the application, without credentials: the link is signed.")
                .HasSecretPath()
                .NoStore()
                .ExcludeFromDescription();

            page.MapGet("/", ShowPage.Handle).TellsPeople("This link is not valid");
            page.MapPost("/", SavePage.Handle).TellsPeople("This link is not valid");
        }
    }
}
