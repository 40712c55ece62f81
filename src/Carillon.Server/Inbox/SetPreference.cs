using Carillon.Data.Preferences;
using Carillon.Data.Workflows;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.Views.Preferences;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.Inbox;

/// <summary>Switches channels, of one workflow or of all. Saying nothing changes nothing.</summary>
internal static class SetPreference
{
    public sealed record Request(PreferenceChange Change) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(new PreferenceChange(Enabled: null,
        [
            .. from channel in ChannelSwitches.Names
               let said = fields.OptionalBool(channel)
               where said is not null
               select new PreferenceChange.ChannelSwitch(channel, said.Value),
        ]));
    }

    public static async Task<Answer<InboxPreference>> OfAll(
        Body<Request> body, Caller caller, SubscriberPreferences preferences, CancellationToken ct)
    {
        var said = body.Value.Change.IsEmpty
            ? await preferences.GlobalAsync(caller.SubscriberId, ct)
            : await preferences.ChangeAsync(caller.SubscriberId, SubscriberPreference.AllWorkflows, body.Value.Change, ct);
        return Answer.Of(InboxPreference.Of(GlobalPreferenceView.Of(said)));
    }

    public static async Task<Results<Answer<InboxPreference>, Problem>> OfWorkflow(
        MongoId workflowId, Body<Request> body, Caller caller, SubscriberPreferences preferences, CancellationToken ct)
    {
        if (await preferences.FindAsync(caller.SubscriberId, workflowId, ct) is not { } found)
            return Problem.NotFound($"Workflow with id: {workflowId} is not found");
        if (found.Workflow.Critical) return Problem.BadRequest($"Critical workflow with id: {workflowId} can not be updated");
        if (body.Value.Change.IsEmpty) return Answer.Of(InboxPreference.Of(found));

        await preferences.ChangeAsync(caller.SubscriberId, workflowId, body.Value.Change, ct);
        return Answer.Of(InboxPreference.Of(await preferences.FindAsync(caller.SubscriberId, workflowId, ct) ?? found));
    }
}
