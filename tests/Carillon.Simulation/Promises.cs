using System.Globalization;
using Carillon.Data.Execution;
using Carillon.Data.Messages;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Simulation;

/// <summary>The model that a life is held against: what must be true of what was called, stored and sent when everything is over.</summary>
internal sealed class Promises
{
    private readonly Life _life;
    private readonly IReadOnlyDictionary<int, Event> _events;
    private readonly IReadOnlyList<Told> _runs;
    private readonly IReadOnlyList<Digest> _digests;

    private Promises(Life life, IReadOnlyDictionary<int, Event> events, IReadOnlyList<Told> runs, IReadOnlyList<Digest> digests) =>
        (_life, _events, _runs, _digests) = (life, events, runs, digests);

    private sealed record Told(Run Run, Call Call, string Person, IReadOnlyList<Message> Messages, IReadOnlyList<TraceLine> Account)
    {
        public override string ToString() =>
            $"event {Call.Number} ({Call.Plan.Name}) for {Person}, {Run.States} [{string.Join(", ", Account.Select(line => $"{line.Step}:{line.Detail}@{line.At / 1000.0:0.0}"))}]";

        public Message? MessageOf(int step) => Messages.FirstOrDefault(message => message.Step == step);
    }

    public static async Task<string?> BrokenByAsync(Life life)
    {
        await using var db = life.World.Open();
        var stored = await db.Events.AsNoTracking().ToListAsync();
        var byTransaction = stored.ToLookup(e => e.TransactionId);
        if (life.Calls.Find(call => byTransaction[call.TransactionId].Count() != 1) is { } odd)
            return $"call {odd.Number} became {byTransaction[odd.TransactionId].Count()} events";

        var events = life.Calls.ToDictionary(call => call.Number, call => byTransaction[call.TransactionId].Single());
        var people = await db.Subscribers.ToDictionaryAsync(person => person.Id, person => person.ExternalId);
        var messages = (await db.Messages.AsNoTracking().ToListAsync()).ToLookup(message => message.RunId);
        var calls = life.Calls.ToDictionary(call => events[call.Number].Id);
        List<Told> runs =
        [
            .. (await db.Runs.AsNoTracking().ToListAsync()).Select(run =>
                new Told(run, calls[run.EventId], people[run.SubscriberId], [.. messages[run.Id]], Trace.Read(run.Trace))),
        ];
        return new Promises(life, events, runs, await db.Digests.AsNoTracking().ToListAsync()).Broken().FirstOrDefault();
    }

    private IEnumerable<string> Broken() =>
        [.. Everybody(), .. Ends(), .. Messages(), .. Gathered(), .. Repeats(), .. Early(), .. Cancels()];

    // Each recipient has one run of each event, and nobody else has.
    private IEnumerable<string> Everybody() =>
        from call in _life.Calls
        let served = _runs.Where(run => run.Call == call).Select(run => run.Person).Order().ToList()
        let whole = call.Recipients.Order().ToList()
        let isCancelled = _events[call.Number].Status == EventStatus.Cancelled
        where isCancelled ? served.Except(whole).Any() || served.Distinct().Count() != served.Count : !served.SequenceEqual(whole)
        select $"event {call.Number} is for {string.Join(",", whole)} and went to {string.Join(",", served)} ({_events[call.Number].Status}, {_events[call.Number].Problems})";

    private IEnumerable<string> Ends()
    {
        if (_digests.FirstOrDefault(digest => digest.Open) is { } open) yield return $"window {open.Id} is open for ever";
        foreach (var run in _runs)
        {
            if (run.Run.Status == RunStatus.Active || !run.Run.States.All(StepState.IsTerminal)) yield return $"{run} never ends";
            if (run.Run.States.Contains(StepState.Cancelled) && !run.Run.CancelRequested) yield return $"{run} was stopped and nobody asked for it";
        }
    }

    // A step that was done said one thing once, and one that was not said nothing.
    private IEnumerable<string> Messages() =>
        from run in _runs
        from step in Enumerable.Range(0, run.Call.Plan.Steps.Count)
        where run.Call.Plan.Steps[step].Type is "in_app" or "sms"
        let messages = run.Messages.Count(message => message.Step == step)
        let expected = run.Run.States[step] is StepState.Completed or StepState.Failed ? 1 : 0
        where messages != expected && !TookOverBehind(run, step)
        select $"{run}: step {step} said {messages} things";

    // Whoever took a leader's place finds the steps before it done by somebody else.
    private static bool TookOverBehind(Told run, int step) => run.Run.States[step] == StepState.Merged;

    // Each event is said in one digest of each step, in the order of arrival, unless it was cancelled.
    private IEnumerable<string> Gathered()
    {
        foreach (var (plan, person) in from plan in Plan.All where plan.Gathers from person in World.People select (plan, person))
        {
            var all = _runs.Where(run => run.Call.Plan == plan && run.Person == person).ToList();
            foreach (var step in Enumerable.Range(0, plan.Steps.Count).Where(step => plan.Steps[step].Type is "in_app" or "sms"))
            {
                var said = all.Select(run => run.MessageOf(step)).OfType<Message>().Select(message => Numbers(message.Content!)).ToList();
                if (said.Find(numbers => !InOrder(numbers)) is { } wrong) yield return $"{string.Join(",", wrong)} were said to {person} in that order";
                foreach (var run in all)
                {
                    var times = said.Sum(numbers => numbers.Count(number => number == run.Call.Number));
                    if (run.Run.CancelRequested ? times > 1 : times != 1) yield return $"{run}: step {step} said it {times} times";
                }
            }
        }
    }

    private bool InOrder(IReadOnlyList<int> numbers) => numbers
        .Select(number => _events[number])
        .OrderBy(e => e.CreatedAt).ThenBy(e => e.Id[14..], StringComparer.Ordinal)
        .SequenceEqual(numbers.Select(number => _events[number]));

    // A vendor gets a message again only where, and as often as, the account says that nobody knew what had become of it.
    private IEnumerable<string> Repeats() =>
        from run in _runs
        from step in Enumerable.Range(0, run.Call.Plan.Steps.Count)
        where run.Call.Plan.Steps[step].Type == "sms"
        let id = RunIds.Message(run.Run.Id, run.Call.Plan.Steps.Count, step)
        let taken = _life.VendorCalls.Count(call => call.MessageId == id && call.IsTaken)
        let unknown = run.Account.Count(line => IsUnknown(line, step))
        let isSent = run.MessageOf(step)?.Status == Message.Sent
        where taken > 1 + unknown || (isSent && taken == 0)
        select $"{run}: step {step} was taken {taken} times, {unknown} of which nobody knew: {string.Join(", ", _life.VendorCalls.Where(call => call.MessageId == id).Select(call => $"{call.IsTaken}@{call.At - run.Run.CreatedAt:c}"))}";

    // An attempt that was cut off is noted where the row stood, and may have come to later steps.
    private static bool IsUnknown(TraceLine line, int step) => (line.Detail == Detail.OutcomeUnknown && line.Step <= step)
        || (line.Step == step && line.Detail is Detail.ProviderUnavailable or Detail.ProviderError && line.Raw is { } raw
            && (raw.Contains("cut off", StringComparison.Ordinal) || raw.Contains("no answer", StringComparison.Ordinal)));

    // Nothing comes before its time. A digest from which somebody was taken is no measure: whoever opened it may be gone.
    private IEnumerable<string> Early()
    {
        foreach (var run in _runs)
        {
            var plan = run.Call.Plan;
            if (plan.Gathers && _runs.Any(other => other.Call.Plan == plan && other.Person == run.Person && other.Run.CancelRequested)) continue;

            foreach (var message in run.Messages.Where(message => message.Content!.Length > 0))
            {
                var first = Numbers(message.Content!).Min(number => _events[number].CreatedAt);
                if (message.CreatedAt < first + plan.Least) yield return $"{run}: step {message.Step} came after {message.CreatedAt - first}";
            }
        }
    }

    // Once a cancel was answered nothing leaves for it any more, and nothing that was not under way is said.
    private IEnumerable<string> Cancels()
    {
        foreach (var run in _runs.Where(run => _life.Cancelled.ContainsKey(run.Run.Id)))
        {
            var (at, underWay) = _life.Cancelled[run.Run.Id];
            if (_life.VendorCalls.Find(call => call.At > at && call.To == run.Person && Numbers(call.Text).Contains(run.Call.Number)) is { } late
                && IsOf(late, run.Call.Plan)) yield return $"{run} was cancelled at {at:T} and sent at {late.At:T}";
            if (underWay) continue;

            var told = _runs.Where(other => other.Person == run.Person && other.Call.Plan == run.Call.Plan).SelectMany(other => other.Messages)
                .FirstOrDefault(message => message.Channel == "in_app" && message.CreatedAt > at && Numbers(message.Content!).Contains(run.Call.Number));
            if (told is not null) yield return $"{run} was cancelled at {at:T} and said at {told.CreatedAt:T}";
        }
    }

    // Numbers are of one plan each, so the text tells it.
    private bool IsOf(VendorCall call, Plan plan) => Numbers(call.Text).All(number => _life.Calls[number].Plan == plan);

    private static List<int> Numbers(string text) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
}
