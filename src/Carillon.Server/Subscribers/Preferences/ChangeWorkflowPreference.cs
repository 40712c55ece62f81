using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.Views.Preferences;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Subscribers.Preferences;

/// <summary>Changes what a subscriber wants of one workflow.</summary>
internal static class ChangeWorkflowPreference
{
    private const string NothingSaid = "In order to make an update you need to provider channel or enabled";

    public sealed record Request(PreferenceChange Change) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(PreferenceFields.ReadForWorkflow(fields));
    }

    public static async Task<Results<Answer<WorkflowPreferenceView>, Problem>> Handle(
        string subscriberId, MongoId templateId, Body<Request> body, CarillonDb db, SubscriberPreferences preferences, CancellationToken ct)
    {
        var subscriber = await db.Subscribers.AsNoTracking().SingleOrDefaultAsync(subscriber => subscriber.ExternalId == subscriberId, ct);
        if (subscriber is null) return Problem.NotFound("Subscriber not found");
        if (body.Value.Change.IsEmpty) return Problem.BadRequest(NothingSaid);
        if (!await db.Workflows.AnyAsync(workflow => workflow.Id == templateId.Text, ct))
            return Problem.NotFound($"Template with id {templateId} is not found");

        await preferences.ChangeAsync(subscriber.Id, templateId, body.Value.Change, ct);
        return await preferences.FindAsync(subscriber.Id, templateId, ct) is { } now
            ? Answer.Of(WorkflowPreferenceView.Of(now))
            : Problem.NotFound($"Template with id {templateId} is not found");
    }
}
