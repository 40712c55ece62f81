using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Data.Mapping;
using Carillon.Data.Messages;
using Carillon.Data.Workflows;
using Carillon.Engine.Chores;
using Carillon.Engine.Running;
using Carillon.Server.Http.Access;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Http.Views;

/// <summary>
/// Shows messages. What they do not carry themselves is looked up on their events, their workflows' versions and the people
/// involved, each for all of them in one query. An event can be gone before its messages; what it knew is then left out.
/// </summary>
internal sealed class MessageViews(CarillonDb db, WorkflowVersions versions, Caller caller, RetentionOptions retention)
{
    // Not the whole row: whom an event is for can be a list of any length.
    private static readonly AskedOften<IReadOnlyList<string>, EventRow> Events = new((db, ids) =>
        db.Events.Where(e => ids.Contains(e.Id)).Select(e => new EventRow(e.Id, e.GivenTransactionId, e.Content)));

    public async Task<MessageView> OneAsync(Message message, CancellationToken ct) =>
        (await OfAsync([message], MessageDetail.One, ct))[0];

    public async Task<IReadOnlyList<MessageView>> OfAsync(IReadOnlyList<Message> messages, MessageDetail detail, CancellationToken ct)
    {
        if (messages.Count == 0) return [];

        var people = messages
            .SelectMany(message => detail >= MessageDetail.People ? new[] { message.SubscriberId, message.ActorId } : [message.ActorId])
            .OfType<string>().Distinct().ToList();
        var surroundings = new MessageSurroundings(
            caller.OrganizationId,
            retention,
            await EventsAsync(messages, ct),
            await VersionsAsync(messages, ct),
            await Person.FindAsync(db, people, ct));

        return [.. messages.Select(message => surroundings.Show(message, detail))];
    }

    private async Task<Dictionary<string, MessageSurroundings.EventPart>> EventsAsync(IReadOnlyList<Message> messages, CancellationToken ct)
    {
        var ids = messages.Select(message => message.EventId).Distinct().ToList();

        return await Events.Ask(db, ids).ToDictionaryAsync(
            row => row.Id,
            row => new MessageSurroundings.EventPart(Event.TransactionIdOf(row.Id, row.GivenTransactionId), JsonColumn.Read<EventContent>(row.Content)),
            cancellationToken: ct);
    }

    private async Task<Dictionary<string, WorkflowVersion>> VersionsAsync(IReadOnlyList<Message> messages, CancellationToken ct)
    {
        var known = new Dictionary<string, WorkflowVersion>();
        foreach (var (versionId, environmentId) in messages.Select(message => (message.VersionId, message.EnvironmentId)).Distinct())
            known[versionId] = await versions.GetAsync(environmentId, versionId, ct);
        return known;
    }

    private sealed record EventRow(string Id, string? GivenTransactionId, string Content);
}
