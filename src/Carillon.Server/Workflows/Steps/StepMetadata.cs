using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Carillon.Server.Http.Input;

namespace Carillon.Server.Workflows.Steps;

/// <summary>
/// When a digest or a delay ends, as a client sends it. Only what is known is kept. What is missing is not complained of: a
/// workflow may be saved half made, and says at its step what it lacks when it is triggered all the same.
/// </summary>
internal static class StepMetadata
{
    private static readonly string[] Units = ["seconds", "minutes", "hours", "days", "weeks", "months"];
    private static readonly string[] Days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    public static JsonElement? Read(Fields step) => step["metadata"].Nested(Kept) is { } kept ? JsonSerializer.SerializeToElement(kept) : null;

    private static JsonObject Kept(Fields fields)
    {
        var kept = new JsonObject
        {
            ["type"] = OneOf(fields, "type", "regular", "backoff", "timed", "scheduled"),
            ["amount"] = Number(fields, "amount"),
            ["unit"] = OneOf(fields, "unit", Units),
            ["digestKey"] = fields.OptionalString("digestKey"),
            ["delayPath"] = fields.OptionalString("delayPath"),
            ["backoff"] = fields.OptionalBool("backoff"),
            ["backoffAmount"] = Number(fields, "backoffAmount"),
            ["backoffUnit"] = OneOf(fields, "backoffUnit", Units),
            ["updateMode"] = fields.OptionalBool("updateMode"),
            ["timed"] = fields["timed"].Nested(Timed),
        };
        return WithoutNothing(kept);
    }

    private static JsonObject Timed(Fields fields) => WithoutNothing(new JsonObject
    {
        ["atTime"] = fields.OptionalString("atTime"),
        ["weekDays"] = List(fields["weekDays"].Optional().Array().EachOneOf(Days)),
        ["monthDays"] = List(fields["monthDays"].Optional().Array()),
        ["monthlyType"] = OneOf(fields, "monthlyType", "each", "on"),
        ["ordinal"] = OneOf(fields, "ordinal", "1", "2", "3", "4", "5", "last"),
        ["ordinalValue"] = OneOf(fields, "ordinalValue", ["day", "weekday", "weekend", .. Days]),
        ["cronExpression"] = fields.OptionalString("cronExpression"),
    });

    private static string? OneOf(Fields fields, string name, params IReadOnlyList<string> values) =>
        fields[name].TextOrNull is "" ? null : fields[name].Optional().OneOf(values).TextOrNull;

    // A number may come as text, as forms send it.
    private static double? Number(Fields fields, string name)
    {
        var field = fields[name].Optional();
        double? number = field.TextOrNull is { } text
            ? double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) && double.IsFinite(parsed) ? parsed : null
            : field.NumberOrNull;
        field.Must(number is not null, $"{name} must be a number conforming to the specified constraints");
        return number;
    }

    private static JsonArray? List(Field field) => field.JsonOrNull is { ValueKind: JsonValueKind.Array } list ? JsonArray.Create(list) : null;

    private static JsonObject WithoutNothing(JsonObject given) =>
        new(given.Where(member => member.Value is not null).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
}
