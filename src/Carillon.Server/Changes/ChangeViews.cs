using System.Text.Json;
using Carillon.Data;
using Carillon.Data.Changes;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Changes;

/// <summary>Shows changes. What changed is worked out here, from the states of each and of the one before it.</summary>
internal sealed class ChangeViews(CarillonDb db)
{
    public async Task<IReadOnlyList<ChangeView>> OfAsync(IReadOnlyList<Change> changes, CancellationToken ct)
    {
        var ids = changes.Select(change => change.PreviousId).OfType<string>().ToList();
        var previous = ids.Count == 0
            ? []
            : await db.Changes.Where(change => ids.Contains(change.Id))
                .Select(change => new { change.Id, change.State })
                .ToDictionaryAsync(change => change.Id, change => (JsonElement?)change.State, ct);
        return [.. changes.Select(change => Show(change, change.PreviousId is { } id ? previous.GetValueOrDefault(id) : null))];
    }

    /// <summary>As lists show them: with who made them, and the names of what they are about.</summary>
    public async Task<IReadOnlyList<ChangeView>> ListOfAsync(IReadOnlyList<Change> changes, CancellationToken ct)
    {
        var userIds = changes.Select(change => change.CreatorId).Distinct().ToList();
        var authors = await db.Users.Where(user => userIds.Contains(user.Id))
            .Select(user => new ChangeView.Author(user.Id, user.FirstName, user.LastName, user.ProfilePicture))
            .ToDictionaryAsync(author => author.ObjectId, ct);
        var defaultLayout = changes.Any(change => change.Type == ChangeType.DefaultLayout)
            ? await db.Layouts.Where(layout => layout.IsDefault).Select(layout => layout.Name).SingleOrDefaultAsync(ct)
            : null;

        var views = await OfAsync(changes, ct);
        return
        [
            .. views.Zip(changes, (view, change) => view with
            {
                SecondId = change.Id,
                User = authors.GetValueOrDefault(change.CreatorId),
                TemplateId = change.Type == ChangeType.Workflow ? change.EntityId : null,
                TemplateName = NameIn(change),
                PreviousDefaultLayout = change.Type == ChangeType.DefaultLayout ? defaultLayout : null,
            }),
        ];
    }

    private static ChangeView Show(Change change, JsonElement? before) => new()
    {
        Id = change.Id,
        Enabled = change.Enabled,
        Type = change.Type,
        Change = RecursiveDiff.Of(before, change.State),
        EnvironmentId = change.EnvironmentId,
        OrganizationId = change.OrganizationId,
        EntityId = change.EntityId,
        CreatorId = change.CreatorId,
        ParentId = change.ParentId,
        CreatedAt = change.CreatedAt,
        UpdatedAt = change.UpdatedAt,
    };

    // A group that is gone has no name any more; everything else is only marked as deleted.
    private static string? NameIn(Change change) =>
        change.Type == ChangeType.Group && change.State.TryGetProperty("deletedAt", out _) ? null
        : change.State.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString()
        : null;
}
