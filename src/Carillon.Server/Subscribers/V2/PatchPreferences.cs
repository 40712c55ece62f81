using Carillon.Data;
using Carillon.Data.Preferences;
using Carillon.Data.Workflows;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.Views.Preferences;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Subscribers.V2;

/// <summary>Switches channels, of one workflow by its id, identifier or slug, or of all of them.</summary>
internal static class PatchPreferences
{
    public sealed record Request(PreferenceChange Change, string? Workflow) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(
            new(Enabled: null, fields["channels"].Defined().Nested(ReadChannels) ?? []),
            fields.OptionalString("workflowId") is { Length: > 0 } name ? name : null);

        private static PreferenceChange.ChannelSwitch[] ReadChannels(Fields channels) =>
        [
            .. from name in ChannelSwitches.Names
               let wanted = channels.OptionalBool(name)
               where wanted is not null
               select new PreferenceChange.ChannelSwitch(name, wanted.Value),
        ];
    }

    public static async Task<Results<Answer<PreferencesView>, Problem>> Handle(
        string subscriberId, Body<Request> body, CarillonDb db, SubscriberPreferences preferences, CancellationToken ct)
    {
        var subscriber = await db.Subscribers.AsNoTracking().SingleOrDefaultAsync(subscriber => subscriber.ExternalId == subscriberId, ct);
        if (subscriber is null) return Problem.NotFound($"Subscriber not found for id {subscriberId}");

        var workflowId = body.Value.Workflow is { } name ? await FindAsync(db, name, ct) : SubscriberPreference.AllWorkflows;
        if (workflowId is null) return Problem.NotFound($"Workflow with id: {body.Value.Workflow} is not found");

        if (!body.Value.Change.IsEmpty) await preferences.ChangeAsync(subscriber.Id, workflowId, body.Value.Change, ct);
        return Answer.Of(await PreferencesView.OfAsync(subscriber.Id, preferences, ct));
    }

    private static Task<string?> FindAsync(CarillonDb db, string name, CancellationToken ct)
    {
        var id = Ids.IsId(name) ? name.ToLowerInvariant() : WorkflowSlug.IdIn(name);
        return db.Workflows
            .Where(workflow => workflow.Id == id || workflow.Identifier == name)
            .OrderBy(workflow => workflow.Id == id ? 0 : 1)
            .Select(workflow => workflow.Id)
            .FirstOrDefaultAsync(ct);
    }
}
