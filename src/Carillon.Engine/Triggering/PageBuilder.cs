using Carillon.Data.Execution;
using Carillon.Data.Subscribers;
using Carillon.Engine.Running;

namespace Carillon.Engine.Triggering;

/// <summary>A page ready to be written, with what its events move on by once it is.</summary>
internal sealed record BuiltPage(ExpansionPage Rows, IReadOnlyDictionary<EventWork, RecipientPage> Pages);

/// <summary>Makes one page of a few events: reads their next recipients and takes each one's run as far as it goes in memory.</summary>
public sealed class PageBuilder(
    RecipientWalk walk, SubjectReader subjects, RunFactory runs, Advancer advancer)
{
    internal async Task<BuiltPage> BuildAsync(IReadOnlyList<EventWork> group, int limit, DateTimeOffset keepUntil, CancellationToken ct)
    {
        var reading = subjects.Begin();
        await reading.PrepareAsync([.. group.Select(work => (work.Event, work.Content))], ct);
        foreach (var work in group) work.Outlets = await reading.OutletsAsync(work.Event.EnvironmentId, ct);
        var pages = await walk.NextAsync(group, limit, ct);
        List<EventProgress> progress = [];
        List<(EventSubject About, IReadOnlyList<Subscriber> Recipients)> parts = [];
        foreach (var work in group)
        {
            parts.Add((await reading.OfEventAsync(work.Event, work.Content, work.Actor, ct), pages[work].Subscribers));
            progress.Add(Progress(work, pages[work], keepUntil));
        }

        var said = await subjects.PreferencesAsync(parts, ct);
        List<RunWork> made = [.. from part in parts from subscriber in part.Recipients select Begin(part.About.For(subscriber, [], said))];
        var rows = new ExpansionPage(progress, [.. made.Select(run => run.Run)], [.. made.SelectMany(run => run.Messages)])
        {
            Gatherings = [.. made.Select(run => run.Gathering).OfType<Gathering>()],
            News = [.. made.SelectMany(run => run.News)],
        };
        return new(rows, pages);
    }

    private RunWork Begin(RunSubject subject)
    {
        var run = runs.Create(subject);
        advancer.Begin(run);
        return run;
    }

    private static EventProgress Progress(EventWork work, RecipientPage page, DateTimeOffset keepUntil) => new(
        work.Event.EnvironmentId,
        work.Event.Id,
        work.Token,
        Keep: page.Next is not null,
        page.Next is null ? EventStatus.Expanded : EventStatus.Pending,
        page.Next is null ? null : Data.Mapping.JsonColumn.Write(page.Next),
        page.Next is null ? null : keepUntil,
        page.Subscribers.Count,
        work.ProblemsWith(page.Problems),
        Attempt: 0);
}
