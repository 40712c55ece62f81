using System.Text.Json;
using Carillon.Data;
using Carillon.Data.Changes;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Http.Recording;

/// <summary>
/// Notes that something is not as it was published. Nothing is saved here: the caller saves, so that what was done and that it was
/// done are one. Whoever records holds the thing's row, or has just made it.
/// </summary>
internal sealed class ChangeLog(CarillonDb db, Caller caller, CurrentEnvironment environment, Ids ids, TimeProvider clock)
{
    public async Task<Change> RecordAsync(Note note, CancellationToken ct) => (await RecordAsync([note], ct))[0];

    /// <summary>The parts are applied with the whole.</summary>
    public async Task<Change> RecordAsync(Note whole, IReadOnlyList<Note> parts, CancellationToken ct)
    {
        var changes = await RecordAsync([whole, .. parts], ct);
        foreach (var part in changes.Skip(1)) part.ParentId = changes[0].Id;
        return changes[0];
    }

    /// <summary>What of these things waits to be applied is applied with another change from now on.</summary>
    public async Task AttachAsync(IReadOnlyList<string> entityIds, IReadOnlyList<string> types, Change to, CancellationToken ct)
    {
        if (entityIds.Count == 0) return;

        foreach (var change in await PendingAsync(entityIds, ct))
        {
            if (types.Contains(change.Type)) change.ParentId = to.Id;
        }
    }

    private async Task<IReadOnlyList<Change>> RecordAsync(IReadOnlyList<Note> notes, CancellationToken ct)
    {
        var entityIds = notes.Select(note => note.EntityId).ToList();
        var pending = (await PendingAsync(entityIds, ct)).ToDictionary(change => (change.Type, change.EntityId));
        var applied = await AppliedAsync(entityIds, ct);
        return [.. notes.Select(note => pending.TryGetValue((note.Type, note.EntityId), out var known)
            ? Update(known, note)
            : Add(note, applied.GetValueOrDefault((note.Type, note.EntityId))))];
    }

    private Task<List<Change>> PendingAsync(IReadOnlyList<string> entityIds, CancellationToken ct) =>
        db.Changes.Where(change => !change.Enabled && entityIds.Contains(change.EntityId)).ToListAsync(ct);

    private async Task<Dictionary<(string Type, string EntityId), string>> AppliedAsync(IReadOnlyList<string> entityIds, CancellationToken ct)
    {
        var applied = await db.Changes
            .Where(change => change.Enabled && entityIds.Contains(change.EntityId))
            .OrderBy(change => change.CreatedAt).ThenBy(change => change.Id)
            .Select(change => new { change.Id, change.Type, change.EntityId })
            .ToListAsync(ct);
        return applied
            .GroupBy(change => (change.Type, change.EntityId), change => change.Id)
            .ToDictionary(history => history.Key, history => history.Last());
    }

    private Change Update(Change change, Note note)
    {
        change.State = note.State;
        change.ParentId = note.ParentId ?? change.ParentId;
        change.UpdatedAt = clock.GetUtcNow();
        return change;
    }

    private Change Add(Note note, string? previousId)
    {
        var now = clock.GetUtcNow();
        var change = new Change
        {
            // All of an environment's changes have ids of one bucket, so that ids of one millisecond sort in order.
            Id = ids.New(Ids.BucketOf(environment.Id)),
            EnvironmentId = environment.Id,
            OrganizationId = caller.OrganizationId,
            CreatorId = caller.UserId,
            Type = note.Type,
            EntityId = note.EntityId,
            ParentId = note.ParentId,
            PreviousId = previousId,
            State = note.State,
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.Add(change);
        return change;
    }
}

/// <summary>One thing as it stands now. <paramref name="View"/> is what clients see of it.</summary>
internal sealed record Note(string Type, string EntityId, object View, string? ParentId = null)
{
    public JsonElement State => JsonSerializer.SerializeToElement(View, Wire.Json);
}
