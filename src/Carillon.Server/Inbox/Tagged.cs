using Carillon.Data;
using Carillon.Data.Messages;
using Carillon.Engine.Running;
using Carillon.Server.Http.Access;
using Carillon.Server.InApp;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Inbox;

/// <summary>
/// Narrows one's messages to those with certain tags. Tags are the workflow's, as it was when the message was made; so it is asked
/// which versions an inbox has messages of, once in a request, and those are kept in memory.
/// </summary>
internal sealed class Tagged(CarillonDb db, Caller caller, WorkflowVersions versions)
{
    private IReadOnlyList<(string VersionId, IReadOnlyList<string> Tags)>? _known;

    public async Task<IQueryable<Message>> WithAnyAsync(IQueryable<Message> messages, IReadOnlyList<string>? tags, CancellationToken ct)
    {
        if (tags is not { Count: > 0 }) return messages;

        _known ??= await ReadAsync(ct);
        var fitting = _known.Where(version => version.Tags.Intersect(tags).Any()).Select(version => version.VersionId).ToList();
        return messages.Where(message => fitting.Contains(message.VersionId));
    }

    private async Task<IReadOnlyList<(string, IReadOnlyList<string>)>> ReadAsync(CancellationToken ct)
    {
        var known = new List<(string, IReadOnlyList<string>)>();
        foreach (var id in await db.InboxOf(caller.SubscriberId).Select(message => message.VersionId).Distinct().ToListAsync(ct))
            known.Add((id, (await versions.GetAsync(caller.EnvironmentId!, id, ct)).Tags));
        return known;
    }
}
