using Carillon.Data.Preferences;

namespace Carillon.Server.Http.Views.Preferences;

/// <summary>What endpoints are told of a preference; without a workflow it is about all of them. What was never said is left out.</summary>
internal static class PreferenceNews
{
    public static object Of(SubscriberPreference said, string? subscriberId, string? workflow) => new
    {
        subscriberId,
        workflow,
        said.Enabled,
        channels = new { said.Email, said.Sms, in_app = said.InApp, said.Chat, said.Push },
    };
}
