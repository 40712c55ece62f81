using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Carillon.Data.Layouts;
using Carillon.Data.Workflows;
using Carillon.Engine.Steps.Time;

namespace Carillon.Engine.Triggering;

/// <summary>What a workflow's templates ask of a payload: variables that must be there, and defaults for those that need not.</summary>
public static class PayloadRules
{
    // A version never changes, and every call of its workflow asks.
    private static readonly ConditionalWeakTable<WorkflowVersion, Rules> Known = [];
    private static readonly string[] SystemVariables = ["subscriber", "step", "branding", "tenant", "preheader", "actor"];

    /// <summary>The contract's message naming every missing variable, or null when none is.</summary>
    public static string? ProblemWith(WorkflowVersion version, JsonElement payload)
    {
        var (variables, dates) = RulesOf(version);
        if (dates.Contains(null)) return "Delay path is required for scheduled delay";

        return dates.Count == 0 && !variables.Any(variable => variable.Required)
            ? null
            : ProblemWith(variables, payload, dates.Where(path => ScheduledDate.In(payload, path!) is null).Select(path => $"{path} (ISO Date)"));
    }

    /// <summary>The same for the layout of a mail, which is known only when the mail is made.</summary>
    public static string? ProblemWith(Layout layout, JsonElement payload) => ProblemWith(Variables(layout), payload, []);

    /// <summary>The payload with the defaults of all steps beneath it, in the order of the steps.</summary>
    public static JsonElement WithDefaults(WorkflowVersion version, JsonElement payload) => WithDefaults(RulesOf(version).Variables, payload);

    public static JsonElement WithDefaults(Layout layout, JsonElement payload) => WithDefaults(Variables(layout), payload);

    private static string? ProblemWith(IEnumerable<Variable> variables, JsonElement payload, IEnumerable<string> datesMissing)
    {
        var missing = variables
            .Where(variable => variable.Required && !Fits(variable.Type, Find(payload, variable.Path)))
            .Select(variable => $"{variable.Name} ({Label(variable.Type)})")
            .Concat(datesMissing)
            .Distinct()
            .ToList();
        return missing.Count == 0 ? null : $"payload is missing required key(s) and type(s): {string.Join(", ", missing)}";
    }

    private static JsonElement WithDefaults(IEnumerable<Variable> variables, JsonElement payload)
    {
        var defaults = variables.Where(variable => variable.Default is not null).ToList();
        if (defaults.Count == 0) return payload;

        var merged = JsonObject.Create(payload)!;
        foreach (var variable in defaults)
            SetIfMissing(merged, variable.Path, variable.Default!.Value);
        return JsonSerializer.SerializeToElement(merged);
    }

    private static bool IsScheduled(WorkflowStep step) => step.Type == "delay" && Settings.Text(step.Metadata, "type") == "scheduled";

    private static Rules RulesOf(WorkflowVersion version) => Known.GetValue(version, one => new(
        Variables(one), [.. one.Steps.Where(IsScheduled).Select(step => Settings.Text(step.Metadata, "delayPath"))]));

    private static IReadOnlyList<Variable> Variables(WorkflowVersion version) =>
    [
        .. from step in version.Steps
           where step.Template.Variables is { ValueKind: JsonValueKind.Array }
           from declared in step.Template.Variables!.Value.EnumerateArray()
           let variable = Variable.Read(declared)
           where variable is not null && IsOfThePayload(variable.Name)
           select variable,
    ];

    private static IEnumerable<Variable> Variables(Layout layout) =>
        from variable in layout.Variables
        where IsOfThePayload(variable.Name)
        select new Variable(variable.Name, variable.Type, variable.Required, Variable.Given(variable.DefaultValue));

    private static bool IsOfThePayload(string name) => !SystemVariables.Contains(name.Split('.')[0]);

    private static JsonElement? Find(JsonElement payload, string[] path)
    {
        JsonElement? found = payload;
        foreach (var name in path)
            found = found is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(name, out var value) ? value : null;
        return found;
    }

    private static bool Fits(string? type, JsonElement? value) => (type, value?.ValueKind ?? JsonValueKind.Undefined) switch
    {
        ("Array", var kind) => kind == JsonValueKind.Array,
        ("Boolean", var kind) => kind is JsonValueKind.True or JsonValueKind.False,
        ("String", var kind) => kind is JsonValueKind.String or JsonValueKind.Number,
        (_, var kind) => kind is not (JsonValueKind.Null or JsonValueKind.Undefined),
    };

    private static string Label(string? type) => type == "String" ? "Value" : type ?? "Value";

    private static void SetIfMissing(JsonObject target, string[] path, JsonElement value)
    {
        foreach (var name in path[..^1])
        {
            if (!target.ContainsKey(name)) target[name] = new JsonObject();
            if (target[name] is not JsonObject next) return;
            target = next;
        }

        if (!target.ContainsKey(path[^1])) target[path[^1]] = JsonSerializer.SerializeToNode(value);
    }

    /// <summary>What a version's templates name, and where its scheduled delays find their dates; null where a delay does not say.</summary>
    private sealed record Rules(IReadOnlyList<Variable> Variables, IReadOnlyList<string?> Dates);

    private sealed record Variable(string Name, string? Type, bool Required, JsonElement? Default)
    {
        public string[] Path { get; } = Name.Split('.');

        public static Variable? Read(JsonElement declared) =>
            declared.ValueKind == JsonValueKind.Object && declared.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String
                ? new(
                    name.GetString()!,
                    declared.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null,
                    declared.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.True,
                    declared.TryGetProperty("defaultValue", out var value) ? Given(value.Clone()) : null)
                : null;

        /// <summary>An empty text is no default.</summary>
        public static JsonElement? Given(JsonElement? value) =>
            value is null or { ValueKind: JsonValueKind.Null } || (value is { ValueKind: JsonValueKind.String } text && text.GetString() == "") ? null : value;
    }
}
