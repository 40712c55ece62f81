using Carillon.Data;
using Carillon.Data.Integrations;
using Carillon.Data.Workflows;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Workflows;

internal static class ListWorkflows
{
    public sealed record Request(int Page, int Limit, string Search) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(
            fields.Page(),
            fields.Limit(@default: 10, max: 100),
            fields.OptionalString("query") ?? "");
    }

    public static async Task<Page<WorkflowView>> Handle(Query<Request> query, CarillonDb db, CancellationToken ct)
    {
        var wanted = query.Value;
        var (total, ids) = wanted.Search.Length == 0 ? await PageAsync(db, wanted, ct) : await MatchingPageAsync(db, wanted, ct);

        var found = await (
            from workflow in db.Workflows.AsNoTracking()
            where ids.Contains(workflow.Id)
            join version in db.WorkflowVersions.AsNoTracking() on workflow.VersionId equals version.Id
            join inGroup in db.NotificationGroups.AsNoTracking() on workflow.NotificationGroupId equals inGroup.Id into groups
            from inGroup in groups.DefaultIfEmpty()
            orderby workflow.CreatedAt descending, workflow.Id descending
            select new { workflow, version, inGroup }).ToListAsync(ct);
        var active = await db.Integrations.AsNoTracking().Where(integration => integration.Active).ToListAsync(ct);

        return new(
            wanted.Page,
            wanted.Limit,
            [.. found.Select(row => View(row.workflow, row.version, row.inGroup, active))],
            TotalCount: total);
    }

    private static async Task<(int Total, List<string> Ids)> PageAsync(CarillonDb db, Request wanted, CancellationToken ct) => (
        await db.Workflows.CountAsync(ct),
        await db.Workflows
            .OrderByDescending(workflow => workflow.CreatedAt).ThenByDescending(workflow => workflow.Id)
            .Skip(wanted.Page * wanted.Limit).Take(wanted.Limit)
            .Select(workflow => workflow.Id)
            .ToListAsync(ct));

    private static async Task<(int Total, List<string> Ids)> MatchingPageAsync(CarillonDb db, Request wanted, CancellationToken ct)
    {
        var matching = await MatchingIdsAsync(db, wanted.Search, ct);
        return (matching.Count, [.. matching.Skip(wanted.Page * wanted.Limit).Take(wanted.Limit)]);
    }

    // In memory, because the databases disagree on what upper case is beyond ASCII; an environment has few workflows.
    private static async Task<List<string>> MatchingIdsAsync(CarillonDb db, string search, CancellationToken ct)
    {
        var all = await db.Workflows
            .OrderByDescending(workflow => workflow.CreatedAt).ThenByDescending(workflow => workflow.Id)
            .Select(workflow => new { workflow.Id, workflow.Name, workflow.Identifier })
            .ToListAsync(ct);
        return
        [
            .. from workflow in all
               where workflow.Name.Contains(search, StringComparison.OrdinalIgnoreCase)
                   || workflow.Identifier.Contains(search, StringComparison.OrdinalIgnoreCase)
               select workflow.Id,
        ];
    }

    private static WorkflowView View(
        Workflow workflow, WorkflowVersion version, NotificationGroup? inGroup, IReadOnlyCollection<Integration> active) =>
        WorkflowView.InList(workflow, version) with
        {
            NotificationGroup = inGroup is null ? null : GroupView.Of(inGroup),
            WorkflowIntegrationStatus = ChannelReadiness.Of(version.Steps.Select(step => step.Type), active),
        };
}
