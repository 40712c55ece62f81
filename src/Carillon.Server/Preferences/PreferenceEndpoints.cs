using Carillon.Server.Http.Access;

namespace Carillon.Server.Preferences;

/// <summary>What the team decided about workflows, over their own settings: every route under /v1/preferences.</summary>
internal static class PreferenceEndpoints
{
    extension(IEndpointRouteBuilder api)
    {
        public void MapPreferences()
        {
            var preferences = api.MapGroup("/preferences").WithTags("Preferences").RequireUser();

            preferences.MapGet("/", GetWorkflowPreference.Handle);
            preferences.MapPost("/", SaveWorkflowPreference.Handle);
            preferences.MapDelete("/", DeleteWorkflowPreference.Handle);
        }
    }
}
