using System.Text.Json;
using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Data.Mapping;
using Carillon.Data.Workflows;
using Carillon.Engine.Chores;
using Carillon.Engine.Running;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Views;
using Carillon.Server.Workflows.Steps;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Notifications;

/// <summary>Shows runs. What they do not carry themselves is looked up for a whole page of them at once.</summary>
internal sealed class NotificationViews(
    CarillonDb db, WorkflowVersions versions, GatheredEvents gathered, Caller caller, RetentionOptions retention)
{
    private const string InApp = "in_app";
    private const string InAppProvider = "novu";

    public async Task<IReadOnlyList<NotificationView>> OfAsync(IReadOnlyList<Run> runs, CancellationToken ct)
    {
        var events = await EventsAsync(runs, ct);
        var people = await PeopleAsync(runs, ct);
        var workflows = await WorkflowsAsync(runs, ct);
        var digests = await gathered.OfAsync(runs, ct);
        var reports = await ReportsAsync(runs, ct);
        List<NotificationView> shown = [];
        foreach (var run in runs)
        {
            var version = await versions.GetAsync(run.EnvironmentId, run.VersionId, ct);
            shown.Add(Show(run, version, workflows.GetValueOrDefault(run.WorkflowId), events.GetValueOrDefault(run.EventId), people, digests, reports));
        }

        return shown;
    }

    public async Task<IReadOnlyList<ExecutionDetailView>> DetailsOfAsync(Run run, CancellationToken ct)
    {
        var version = await versions.GetAsync(run.EnvironmentId, run.VersionId, ct);
        var e = (await EventsAsync([run], ct)).GetValueOrDefault(run.EventId);
        var messages = await MessagesAsync(run, ct);
        var digests = await gathered.OfAsync([run], ct);
        var reports = await ReportsAsync([run], ct);
        List<ExecutionDetailView> lines =
        [
            .. LinesOf(run, version, ContentOf(e), digests, reports).Select(line => line.View with
            {
                MessageId = line.View.MessageId ?? (line.View.IsOfMessage ? messages.GetValueOrDefault(line.Step) : null),
                Channel = version.ActiveSteps[line.Step].Type,
            }),
        ];
        return [.. WithTrigger(run, lines, version.ActiveSteps.Count).Select(line => line with
        {
            EnvironmentId = run.EnvironmentId,
            OrganizationId = caller.OrganizationId,
            NotificationId = run.Id,
            WorkflowId = run.WorkflowId,
            SubscriberId = run.SubscriberId,
            TransactionId = e?.TransactionId,
            Channel = line.Channel ?? "trigger",
            ExpireAt = ExpiryOf(run),
            Revision = 0,
        })];
    }

    // All jobs are created first, then the trigger is worked on, then the steps.
    private static IEnumerable<ExecutionDetailView> WithTrigger(Run run, IReadOnlyList<ExecutionDetailView> lines, int steps) =>
    [
        ExecutionDetailView.OfTrigger(run, Detail.StepCreated),
        .. lines.Take(steps),
        ExecutionDetailView.OfTrigger(run, Detail.StepQueued),
        ExecutionDetailView.OfTrigger(run, Detail.StartSending),
        .. lines.Skip(steps),
    ];

    // What waits is kept until it is over, and for as long again as everything else.
    private DateTimeOffset ExpiryOf(Run run) => (run.DueAt > run.UpdatedAt ? run.DueAt.Value : run.UpdatedAt).AddDays(retention.Notifications);

    private NotificationView Show(
        Run run,
        WorkflowVersion version,
        Workflow? workflow,
        Event? e,
        IReadOnlyDictionary<string, Recipient> people,
        GatheredEvents.Found digests,
        ILookup<string, MessageReport> reports)
    {
        var content = ContentOf(e);
        var person = people.GetValueOrDefault(run.SubscriberId);
        return new()
        {
            ObjectId = run.Id,
            WorkflowId = run.WorkflowId,
            EnvironmentId = run.EnvironmentId,
            OrganizationId = caller.OrganizationId,
            SubscriberId = run.SubscriberId,
            TransactionId = e?.TransactionId,
            Channels = [.. version.ActiveSteps.Select(step => step.Type).Distinct()],
            To = person is null ? null : new(person.SubscriberId),
            Payload = NotEmpty(content?.Payload),
            Controls = content?.Controls,
            DigestedNotificationId = digests.LeaderOver(run),
            ExpireAt = ExpiryOf(run),
            Tags = version.Tags,
            CreatedAt = run.CreatedAt,
            UpdatedAt = run.UpdatedAt,
            Template = new(run.WorkflowId, version.Name, [TriggerView.Of(version.Trigger)]),
            Subscriber = person,
            Jobs = Jobs(run, version, workflow, content, digests, reports),
        };
    }

    // Without its workflow nobody can say whose the steps were; then the account stands for itself.
    private static IReadOnlyList<JobView> Jobs(
        Run run, WorkflowVersion version, Workflow? workflow, EventContent? content, GatheredEvents.Found digests,
        ILookup<string, MessageReport> reports)
    {
        if (workflow is null) return [];

        var lines = LinesOf(run, version, content, digests, reports)
            .ToLookup(line => line.Step, line => line.View with { Id = line.View.ObjectId, MessageId = null });
        var steps = StepView.ListOf(version.ActiveSteps, workflow);
        return
        [
            .. version.ActiveSteps.Select((step, index) =>
                Job(run, step.Type, steps[index] with { ReplyCallback = step.ReplyCallback }, [.. lines[index]], index, content) with
                {
                    Digest = DigestView.Of(steps[index].Metadata, digests.EventsAt(run, index)),
                }),
        ];
    }

    private static JobView Job(
        Run run, string type, StepView step, IReadOnlyList<ExecutionDetailView> lines, int index, EventContent? content) => new()
    {
        Digest = [],
        ObjectId = RunIds.Job(run.Id, index),
        Status = StepState.WireName(run.States[index]),
        Payload = NotEmpty(content?.Payload),
        Overrides = NotEmpty(content?.Overrides),
        Tenant = content?.Tenant,
        Step = step,
        NotificationId = run.Id,
        Type = type,
        ProviderId = lines.FirstOrDefault(line => line.ProviderId is not null)?.ProviderId,
        CreatedAt = run.CreatedAt,
        UpdatedAt = lines[^1].UpdatedAt,
        ExecutionDetails = lines,
    };

    // A line that carries no provider is of the one that its step was sent through first; in the inbox there is only one.
    private static IEnumerable<(int Step, ExecutionDetailView View)> LinesOf(
        Run run, WorkflowVersion version, EventContent? content, GatheredEvents.Found digests, ILookup<string, MessageReport> reports)
    {
        List<string> types = [.. version.ActiveSteps.Select(step => step.Type)];
        var lines = ExecutionDetailView.LinesOf(run, types, line => IsOfText(types, line) ? line with { Raw = PayloadOf(content) } : digests.Said(line));
        var providers = lines.Where(line => line.View.ProviderId is not null).ToLookup(line => line.Step, line => line.View.ProviderId);
        return lines
            .Select(line =>
            {
                var usual = types[line.Step] == InApp ? InAppProvider : providers[line.Step].FirstOrDefault();
                return (line.Step, line.View with { ProviderId = line.View.ProviderId ?? usual });
            })
            .Concat(reports[run.Id].Select(report => ((int)report.Step, ExecutionDetailView.Of(run, report))));
    }

    // Only mails and text messages are reported on.
    private async Task<ILookup<string, MessageReport>> ReportsAsync(IReadOnlyList<Run> runs, CancellationToken ct)
    {
        List<Run> asked = [];
        foreach (var run in runs)
        {
            var version = await versions.GetAsync(run.EnvironmentId, run.VersionId, ct);
            if (version.ActiveSteps.Any(step => step.Type is "email" or "sms")) asked.Add(run);
        }

        var (buckets, ids) = (asked.Select(run => run.Bucket).Distinct().ToList(), asked.Select(run => run.Id).ToList());
        List<MessageReport> found = ids.Count == 0
            ? []
            : await db.MessageReports.AsNoTracking()
                .Where(report => buckets.Contains(report.Bucket) && ids.Contains(report.RunId))
                .OrderBy(report => report.CreatedAt).ThenBy(report => report.At).ThenBy(report => report.Status)
                .ToListAsync(ct);
        return found.ToLookup(report => report.RunId);
    }

    // What a text message was made from needs no place in its account; the event has it.
    private static bool IsOfText(List<string> types, TraceLine line) => line is { Detail: Detail.MessageCreated, Raw: null } && types[line.Step] == "sms";

    private static string? PayloadOf(EventContent? content) => content is null ? null : JsonColumn.Write(content.Payload);

    private static EventContent? ContentOf(Event? e) => e is null ? null : JsonColumn.Read<EventContent>(e.Content);

    private async Task<IReadOnlyDictionary<string, Event>> EventsAsync(IReadOnlyList<Run> runs, CancellationToken ct)
    {
        var ids = runs.Select(run => run.EventId).Distinct().ToList();
        return await db.Events.AsNoTracking().Where(e => ids.Contains(e.Id)).ToDictionaryAsync(e => e.Id, ct);
    }

    // By their steps; a step that made several is shown with its first.
    private async Task<IReadOnlyDictionary<int, string>> MessagesAsync(Run run, CancellationToken ct)
    {
        var messages = await db.Messages
            .Where(message => message.Bucket == run.Bucket && message.SubscriberId == run.SubscriberId && message.RunId == run.Id)
            .OrderBy(message => message.Id)
            .Select(message => new { message.Step, message.Id })
            .ToListAsync(ct);
        return messages.GroupBy(message => (int)message.Step).ToDictionary(step => step.Key, step => step.First().Id);
    }

    private static JsonElement? NotEmpty(JsonElement? given) =>
        given is { ValueKind: JsonValueKind.Object } members && members.EnumerateObject().Any() ? members : null;

    private async Task<IReadOnlyDictionary<string, Recipient>> PeopleAsync(IReadOnlyList<Run> runs, CancellationToken ct)
    {
        var ids = runs.Select(run => run.SubscriberId).Distinct().ToList();
        return await db.Subscribers
            .Where(subscriber => ids.Contains(subscriber.Id))
            .Select(subscriber => new Recipient(
                subscriber.Id, subscriber.FirstName, subscriber.LastName, subscriber.Phone, subscriber.ExternalId, subscriber.Email))
            .ToDictionaryAsync(person => person.ObjectId, ct);
    }

    private async Task<IReadOnlyDictionary<string, Workflow>> WorkflowsAsync(IReadOnlyList<Run> runs, CancellationToken ct)
    {
        var ids = runs.Select(run => run.WorkflowId).Distinct().ToList();
        return await db.Workflows.IgnoreQueryFilters([CarillonDb.DeletedFilter]).AsNoTracking()
            .Where(workflow => ids.Contains(workflow.Id))
            .ToDictionaryAsync(workflow => workflow.Id, ct);
    }
}
