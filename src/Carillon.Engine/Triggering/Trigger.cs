using System.Text.Json;
using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Data.Workflows;

namespace Carillon.Engine.Triggering;

/// <summary>Checks a trigger call against its workflow and makes it an event that is kept. The order of the checks is the contract's.</summary>
public sealed class Trigger(
    CurrentEnvironment environment, Lazy<CarillonDb> db, TriggeredWorkflows workflows, EventAcceptor acceptor, EventFactory factory)
{
    private static readonly JsonElement EmptyObject = JsonDocument.Parse("{}").RootElement;

    /// <summary>Each call on its own: one that is refused costs the others nothing. Accepted ones share a commit.</summary>
    public async Task<IReadOnlyList<TriggerOutcome>> HandleAsync(IReadOnlyList<TriggerCall> calls, CancellationToken ct)
    {
        // Events of one request get their ids in its order, which is theirs for ever, whatever waits below.
        List<Numbered> all = [.. calls.Select(call => new Numbered(call, factory.NewId()))];
        if (LastSeen(calls) is { } seen)
        {
            // A refusal would be one of what was, so none is made on this ground; the commit sees to it that it still holds.
            var good = all.FindAll(one => Check(one, seen, CallTenants.None) is null);
            Tell(good, await acceptor.AcceptAsync(good.ConvertAll(one => new OfferedEvent(one.Event!, one.Workflow)), ct));
        }

        var left = all.FindAll(one => one.Outcome is null);
        if (left.Count > 0) await DecideAsync(left, ct);
        return all.ConvertAll(one => one.Outcome!);
    }

    // Tenants are not remembered.
    private IReadOnlyDictionary<string, CurrentWorkflow>? LastSeen(IReadOnlyList<TriggerCall> calls) =>
        calls.Any(call => call.Tenant is not null) ? null : workflows.LastSeen(environment.Id, NamesOf(calls));

    private async Task DecideAsync(List<Numbered> left, CancellationToken ct)
    {
        List<TriggerCall> calls = [.. left.Select(one => one.Call)];
        var found = await workflows.FindAsync(environment.Id, NamesOf(calls), ct);
        var tenants = await CallTenants.ReadAsync(db, calls, [.. found.Values.Select(one => one.Workflow)], ct);
        foreach (var one in left) one.Outcome = Check(one, found, tenants);
        var good = left.FindAll(one => one.Outcome is null);
        Tell(good, await acceptor.AcceptAsync(good.ConvertAll(one => new OfferedEvent(one.Event!)), ct));
    }

    private static IReadOnlyCollection<string> NamesOf(IReadOnlyList<TriggerCall> calls) =>
        calls is [var one] ? [one.Name] : [.. calls.Select(call => call.Name).Distinct()];

    /// <summary>Why it is not accepted; null where it may be, and then it has its event.</summary>
    private TriggerOutcome? Check(Numbered one, IReadOnlyDictionary<string, CurrentWorkflow> found, CallTenants tenants)
    {
        var call = one.Call;
        if (!found.TryGetValue(call.Name, out var current)) return new TriggerOutcome.UnknownWorkflow();

        var (workflow, version) = current;
        if (MissingReserved(version, call) is { } missing) return new TriggerOutcome.Invalid(missing);
        if (call.Tenant is not null && CallTenants.IdentifierOf(call) is null)
            return new TriggerOutcome.Invalid("tenant.identifier should not be null or undefined");
        if (NothingToDo(workflow, version, call, tenants) is { } status) return new TriggerOutcome.NothingToDo(status);

        var payload = call.Payload ?? EmptyObject;
        if (PayloadRules.ProblemWith(version, payload) is { } problem) return new TriggerOutcome.Invalid(problem);

        var files = EventFiles.Of(PayloadRules.WithDefaults(version, payload));
        if (files.Problem is { } unreadable) return new TriggerOutcome.Invalid(unreadable);

        (one.Workflow, one.Event) = (workflow, factory.Make(call, one.Id, workflow, files));
        return null;
    }

    /// <summary>Leaves those without an outcome whose workflow does not stand any more as it was seen.</summary>
    private static void Tell(List<Numbered> good, IReadOnlyList<Acceptance> answers)
    {
        for (var i = 0; i < good.Count; i++)
        {
            good[i].Outcome = answers[i] switch
            {
                Acceptance.Overloaded => new TriggerOutcome.Overloaded(),
                Acceptance.Outdated => null,
                _ => new TriggerOutcome.Processed(good[i].Event!.TransactionId),
            };
        }
    }

    private static string? MissingReserved(WorkflowVersion version, TriggerCall call)
    {
        List<string> missing = [];
        foreach (var variable in version.Trigger.ReservedVariables)
        {
            if ((variable.Type == "tenant" ? call.Tenant : call.Actor) is null)
                missing.Add($"{variable.Type} object");
            else if (variable.Type == "tenant" && CallTenants.IdentifierOf(call) is null)
                missing.Add("identifier property of tenant");
        }

        return missing.Count == 0 ? null : $"Trigger is missing: {string.Join(", ", missing)}";
    }

    private static string? NothingToDo(TriggeredWorkflow workflow, WorkflowVersion version, TriggerCall call, CallTenants tenants)
    {
        var tenant = tenants.Of(call);
        if (call.Tenant is not null && tenant is null) return "no_tenant_found";
        if (!tenants.IsActive(workflow, tenant)) return "trigger_not_active";
        if (version.Steps.Count == 0) return "no_workflow_steps_defined";
        return version.ActiveSteps.Count == 0 ? "no_workflow_active_steps_defined" : null;
    }

    /// <summary>A call, the id that its event will have, the event where it was found good, and what became of it.</summary>
    private sealed class Numbered(TriggerCall call, string id)
    {
        public TriggerCall Call => call;

        public string Id => id;

        public TriggeredWorkflow? Workflow { get; set; }

        public Event? Event { get; set; }

        public TriggerOutcome? Outcome { get; set; }
    }
}
