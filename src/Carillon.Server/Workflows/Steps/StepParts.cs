using Carillon.Data;
using Carillon.Server.Http.Answers;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Workflows.Steps;

/// <summary>
/// Looks up the layouts and feeds that steps name, and keeps them from being deleted until the caller's transaction is over.
/// </summary>
internal sealed class StepParts(CarillonDb db)
{
    /// <summary>Finds nothing where nothing is named, but always the environment's default layout.</summary>
    public async Task<Found> FindAsync(IReadOnlyList<StepRequest> requests, CancellationToken ct)
    {
        var templates = requests.Concat(requests.SelectMany(request => request.Variants)).Select(request => request.Template).OfType<TemplateRequest>().ToList();
        var feedIds = Named(templates, template => template.FeedId);
        var layoutIds = Named(templates, template => template.LayoutId);

        // Writing the rows, even with what they hold, makes whoever deletes one wait, and then find it used.
        if (feedIds.Count > 0)
        {
            await db.Feeds.Where(feed => feedIds.Contains(feed.Id))
                .ExecuteUpdateAsync(row => row.SetProperty(feed => feed.UpdatedAt, feed => feed.UpdatedAt), ct);
        }

        var hasMail = templates.Any(template => template.Type == "email");
        if (layoutIds.Count > 0 || hasMail)
        {
            await db.Layouts.Where(layout => layout.IsDefault || layoutIds.Contains(layout.Id))
                .ExecuteUpdateAsync(row => row.SetProperty(layout => layout.UpdatedAt, layout => layout.UpdatedAt), ct);
        }

        return new(
            await db.Feeds.Where(feed => feedIds.Contains(feed.Id)).Select(feed => feed.Id).ToListAsync(ct),
            await db.Layouts.Where(layout => layoutIds.Contains(layout.Id)).Select(layout => layout.Id).ToListAsync(ct),
            hasMail ? await db.Layouts.Where(layout => layout.IsDefault).Select(layout => layout.Id).SingleOrDefaultAsync(ct) : null);
    }

    private static List<string> Named(IEnumerable<TemplateRequest> templates, Func<TemplateRequest, string?> name) =>
        [.. templates.Select(name).Where(id => !string.IsNullOrEmpty(id)).Select(id => id!).Distinct()];

    internal sealed record Found(IReadOnlyList<string> FeedIds, IReadOnlyList<string> LayoutIds, string? DefaultLayoutId)
    {
        public IReadOnlyList<string> Ids => [.. FeedIds, .. LayoutIds];

        /// <summary>Names the first that is named and not there.</summary>
        public Problem? ProblemWith(StepRequest step, string path) =>
            ProblemWith(step.Template!, path)
            ?? step.Variants.Select((variant, index) => ProblemWith(variant.Template!, $"{path}.variants.{index}")).FirstOrDefault(problem => problem is not null);

        private Problem? ProblemWith(TemplateRequest template, string path)
        {
            if (!string.IsNullOrEmpty(template.LayoutId) && !LayoutIds.Contains(template.LayoutId))
                return Problem.BadRequest($"{path}.template.layoutId: layout with id {template.LayoutId} not found");

            return !string.IsNullOrEmpty(template.FeedId) && !FeedIds.Contains(template.FeedId)
                ? Problem.BadRequest($"{path}.template.feedId: feed with id {template.FeedId} not found")
                : null;
        }
    }
}
