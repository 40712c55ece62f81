using Carillon.Data.Execution;
using Carillon.Data.Messages;
using Carillon.Data.Outgoing;
using Carillon.Data.Subscribers;
using Carillon.Engine.Running;
using Carillon.Engine.Tenants;

namespace Carillon.Engine.Triggering;

/// <summary>How long a page is, in which line it is made, and for how long it keeps an event that is not over.</summary>
internal sealed record PageOrder(int Limit, bool Large, DateTimeOffset Now, TimeSpan Lease);

/// <summary>A page ready to be written, with what its events move on by once it is, and those that have another page here.</summary>
internal sealed record BuiltPage(ExpansionPage Rows, IReadOnlyDictionary<EventWork, RecipientPage> Pages, IReadOnlySet<EventWork> Kept);

/// <summary>Makes one page of a few events: reads their next recipients and takes each one's run as far as it goes in memory.</summary>
public sealed class PageBuilder(
    TenantUpdate tenants, RecipientWalk walk, SubjectReader subjects, RunFactory runs, Advancer advancer)
{
    internal async Task<BuiltPage> BuildAsync(IReadOnlyList<EventWork> group, PageOrder order, CancellationToken ct)
    {
        await tenants.ApplyAsync(group.Where(work => work.IsNew).Select(work => (work.Event, work.Content)), ct);
        var reading = subjects.Begin();
        await reading.PrepareAsync([.. group.Select(work => (work.Event, work.Content))], ct);
        foreach (var work in group) work.Outlets = await reading.OutletsAsync(work.Event.EnvironmentId, ct);
        var pages = await walk.NextAsync(group, order.Limit, ct);
        List<EventProgress> progress = [];
        List<(EventSubject About, IReadOnlyList<Subscriber> Recipients)> parts = [];
        foreach (var work in group)
        {
            parts.Add((await reading.OfEventAsync(work.Event, work.Content, work.Actor, ct), pages[work].Subscribers));
            progress.Add(Progress(work, pages[work], order));
        }

        var said = await subjects.PreferencesAsync(parts, ct);
        var rows = RowsOf(
            progress, from part in parts from subscriber in part.Recipients select Begin(part.About.For(subscriber, [], said), order.Large));
        return new(rows, pages, order.Large ? group.Where(work => pages[work].Next is not null).ToHashSet() : new HashSet<EventWork>());
    }

    // One at a time, so that of each only its rows are left: what it is about, kept until the page is made, would go through three generations.
    private static ExpansionPage RowsOf(List<EventProgress> progress, IEnumerable<RunWork> made)
    {
        var page = (Runs: new List<Run>(), Messages: new List<Message>(), Gatherings: new List<Gathering>(), News: new List<RunNews>());
        foreach (var work in made)
        {
            page.Runs.Add(work.Run);
            page.Messages.AddRange(work.Messages);
            page.News.AddRange(work.News);
            if (work.Gathering is { } gathering) page.Gatherings.Add(gathering);
        }

        return new(progress, page.Runs, page.Messages) { Gatherings = page.Gatherings, News = page.News };
    }

    private RunWork Begin(RunSubject subject, bool large)
    {
        var run = runs.Create(subject, large);
        advancer.Begin(run);
        return run;
    }

    // One that is not over after a short page waits where the large ones do.
    private static EventProgress Progress(EventWork work, RecipientPage page, PageOrder order) => new(
        work.Event.EnvironmentId,
        work.Event.Id,
        work.Token,
        Keep: order.Large && page.Next is not null,
        page.Next is null ? EventStatus.Expanded : EventStatus.Pending,
        page.Next is null ? null : Data.Mapping.JsonColumn.Write(page.Next),
        page.Next is null ? null : order.Large ? order.Now + order.Lease : order.Now,
        page.Subscribers.Count,
        work.ProblemsWith(page.Problems),
        Attempt: 0)
    {
        Large = order.Large || page.Next is not null,
    };
}
