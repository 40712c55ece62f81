using System.Text.Json;
using Carillon.Data.Execution;
using Carillon.Data.Messages;
using Carillon.Data.Outgoing;
using Carillon.Data.Workflows;
using Carillon.Engine.Conditions;
using Carillon.Engine.Steps;
using Carillon.Engine.Templating;
using Carillon.Engine.Templating.Values;

namespace Carillon.Engine.Running;

/// <summary>A run with everything its steps look at, and what this turn has found out about it so far. Nothing is written from here.</summary>
public sealed class RunWork(Run run, RunSubject? subject, TimeProvider clock)
{
    private readonly List<TraceLine> _lines = [];
    private readonly List<Message> _messages = [];
    private (int Position, string VariantId, WorkflowStep Step)? _variant;
    private readonly List<(string, string)> _dead = [];
    private IReadOnlyList<TraceLine>? _earlier;

    public Run Run { get; } = run;
    public bool HasSubject => subject is not null;
    public RunSubject Subject => subject ?? throw new InvalidOperationException($"Run {Run.Id} has lost what it is about.");
    public IReadOnlyList<WorkflowStep> Steps => Subject.Version.ActiveSteps;

    /// <summary>The step at hand, with the words of the variant that was chosen for it.</summary>
    public WorkflowStep Step => _variant is { } chosen && chosen.Position == Run.Step ? chosen.Step : Steps[Run.Step];

    /// <summary>The variant that was chosen for the step at hand.</summary>
    public string? VariantId => _variant is { } chosen && chosen.Position == Run.Step ? chosen.VariantId : null;
    public bool IsOver => Run.Step >= Run.States.Length;
    public char State => Run.States[Run.Step];
    public IReadOnlyList<Message> Messages => _messages;

    /// <summary>Whether there is a step to be done now.</summary>
    public bool GoesOn => !IsOver && !Waits;

    /// <summary>Whether this turn ended in a wait; see <see cref="WaitUntil"/>.</summary>
    public bool Waits { get; private set; }

    /// <summary>Set when the run has come to a digest: the rest is told by the transaction that writes it.</summary>
    public Gathering? Gathering { get; private set; }

    /// <summary>What the templates of this run see.</summary>
    internal TemplateContext TemplateContext => field ??= Subject.About.TemplateContext with
    {
        Subscriber = new SubscriberMembers(Subject.Subscriber),
        Step = Subject.Gathered is { Count: > 0 } events ? TemplateContext.StepOf(true, events, events.Count) : TemplateContext.NoDigest,
    };

    /// <summary>As <see cref="TemplateContext"/>, and where answers to the message go.</summary>
    internal TemplateContext ContextWith(string? replyTo)
    {
        if (replyTo is null) return TemplateContext;

        var events = Subject.Gathered ?? [];
        return TemplateContext with { Step = TemplateContext.StepOf(events.Count > 0, events, events.Count, replyTo) };
    }

    /// <summary>What webhooks answered in this turn, by URL.</summary>
    public Dictionary<string, JsonElement?> Answers => field ??= [];

    /// <summary>What conditions can ask about.</summary>
    public ConditionFacts ConditionFacts => new()
    {
        Now = Now,
        Words = TemplateContext with { Overlay = new(("payload", TemplateValue.Of(Subject.Content.Payload))), PrintsPlain = true },
        Payload = Subject.Content.Payload,
        Subscriber = SubscriberJson.Of(Subject.Subscriber),
        Tenant = Subject.About.TenantData,
        IsOnline = Subject.Subscriber.IsOnline,
        LastOnlineAt = Subject.Subscriber.LastOnlineAt,
        Answers = Answers,
        Earlier = EarlierMessageOf,
    };

    public DateTimeOffset Now => clock.GetUtcNow();

    public void Note(Detail detail, string? raw = null, string? providerId = null, int? message = null) =>
        _lines.Add(new(detail, Run.Step, (long)(Now - Run.CreatedAt).TotalMilliseconds, raw, providerId, message));

    /// <summary>For what is true of the step and not of one attempt: said in the first turn that comes to it, and in no later one.</summary>
    public void NoteOnce(Detail detail, string? raw = null, string? providerId = null)
    {
        if (!HasNoted(detail)) Note(detail, raw, providerId);
    }

    /// <summary>Whether it was said of the step at hand, in this turn or before.</summary>
    public bool HasNoted(Detail detail) => LastOf(detail) is not null;

    /// <summary>How long ago it was first said of the step at hand; no time where it was not.</summary>
    public TimeSpan Since(Detail detail) =>
        LinesOf(detail).Select(line => Now - Run.CreatedAt - TimeSpan.FromMilliseconds(line.At)).FirstOrDefault();

    /// <summary>What was said with it.</summary>
    public string? RawOf(Detail detail) => LastOf(detail)?.Raw;

    /// <summary>Has the step at hand say the words of one of its variants.</summary>
    public void Use(WorkflowStep variant) => _variant = (Run.Step, variant.Id, Steps[Run.Step] with { Template = variant.Template });

    public void Add(Message message) => _messages.Add(message);

    /// <summary>What endpoints are told of its messages; nothing is made where nobody listens.</summary>
    public IReadOnlyList<RunNews> News => HasSubject && _messages.Count > 0 && Subject.Environment.Outlets.Count > 0 ? MessageNews.Of(this) : [];

    public string MessageId(int ordinal = 0) => RunIds.Message(Run.Id, Steps.Count, Run.Step, ordinal);

    /// <summary>What has been said of the current step so far, in earlier turns and in this one.</summary>
    public IEnumerable<TraceLine> LinesOfStep => Earlier.Concat(_lines).Where(line => line.Step == Run.Step);

    /// <summary>The sends of the current step that are done with, and how each ended.</summary>
    internal IReadOnlyDictionary<SendKey, SendRecord> Settled() => LinesOfStep.Where(line => line.Detail == Detail.MessageSent)
        .Concat(LinesOf(Detail.ProviderError))
        .Where(line => line.Message is not null)
        .ToDictionary(line => new SendKey(line.Message!.Value, SendRecord.DeviceIn(line)), SendRecord.Of);

    /// <summary>The device's token is of no use any more.</summary>
    public void GiveUp(string integrationId, string device) => _dead.Add((integrationId, device));

    public IReadOnlyList<(string IntegrationId, string Device)> DeadDevices => _dead;

    public void SetState(char state) => Run.States = StatesWith(state);

    public string StatesWith(char state) =>
        string.Concat(Run.States.AsSpan(0, Run.Step), [state], Run.States.AsSpan(Run.Step + 1));

    public void WaitUntil(DateTimeOffset due) => (Run.DueAt, Waits) = (due, true);

    public void Gather(Gathering gathering) => (Gathering, Waits) = (gathering, true);

    /// <summary>Takes what was noted over into the row, so that it can be written.</summary>
    public void Close()
    {
        Run.Trace = Trace.Append(Run.Trace, _lines);
        _earlier = null;
        Run.UpdatedAt = Now;
        _lines.Clear();
    }

    private IReadOnlyList<TraceLine> Earlier => _earlier ??= Trace.Read(Run.Trace);

    // The last that LinesOf has, found without a list: every step of every recipient asks.
    private TraceLine? LastOf(Detail detail)
    {
        for (var i = Earlier.Count + _lines.Count - 1; i >= 0; i--)
        {
            var line = i < Earlier.Count ? Earlier[i] : _lines[i - Earlier.Count];
            if (line.Step != Run.Step) continue;
            if (line.Detail == Detail.StepResent) return null;
            if (line.Detail == detail) return line;
        }

        return null;
    }

    // A step that was asked for again begins anew, and only what arrived of it stays true.
    private IEnumerable<TraceLine> LinesOf(Detail detail)
    {
        var lines = LinesOfStep.ToList();
        return lines.Skip(lines.FindLastIndex(line => line.Detail == Detail.StepResent) + 1).Where(line => line.Detail == detail);
    }

    // A message made in this very turn nobody can have seen.
    private EarlierMessage? EarlierMessageOf(string uuid)
    {
        var position = Steps.Index().Where(step => step.Item.Uuid == uuid).Select(step => step.Index).FirstOrDefault(-1);
        if (position < 0) return null;

        return _messages.Exists(message => message.Step == position) ? new(false, false) : Subject.Earlier.Of(Run.Id, position);
    }
}
