using Carillon.Data.Preferences;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.Views.Preferences;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.Widgets;

/// <summary>Changes what one wants of one workflow, or of all of them.</summary>
internal static class ChangePreference
{
    public sealed record Request(PreferenceChange Change) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(PreferenceFields.ReadForWorkflow(fields));
    }

    public sealed record AllRequest(PreferenceChange Change) : IRequest<AllRequest>
    {
        public static AllRequest Read(Fields fields) => new(PreferenceFields.ReadForAll(fields));
    }

    public static async Task<Results<Answer<WorkflowPreferenceView>, Problem>> OfWorkflow(
        MongoId templateId, Body<Request> body, Caller caller, SubscriberPreferences preferences, CancellationToken ct)
    {
        if (body.Value.Change.IsEmpty) return Problem.BadRequest("In order to make an update you need to provider channel or enabled");
        if (await preferences.FindAsync(caller.SubscriberId, templateId, ct) is null) return NotFound(templateId);

        await preferences.ChangeAsync(caller.SubscriberId, templateId, body.Value.Change, ct);
        return await preferences.FindAsync(caller.SubscriberId, templateId, ct) is { } now
            ? Answer.Of(WorkflowPreferenceView.Of(now))
            : NotFound(templateId);
    }

    /// <summary>Saying nothing changes nothing.</summary>
    public static async Task<Answer<GlobalPreferenceView>> OfAll(
        Body<AllRequest> body, Caller caller, SubscriberPreferences preferences, CancellationToken ct)
    {
        var said = body.Value.Change.IsEmpty
            ? await preferences.GlobalAsync(caller.SubscriberId, ct)
            : await preferences.ChangeAsync(caller.SubscriberId, SubscriberPreference.AllWorkflows, body.Value.Change, ct);
        return Answer.Of(GlobalPreferenceView.Of(said));
    }

    private static Problem NotFound(MongoId templateId) => Problem.NotFound($"Template with id {templateId} is not found");
}
