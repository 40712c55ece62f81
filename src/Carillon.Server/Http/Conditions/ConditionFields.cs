using System.Text.Json;
using Carillon.Engine.Conditions;
using Carillon.Engine.Templating;
using Carillon.Providers.Http;
using Carillon.Server.Http.Input;

namespace Carillon.Server.Http.Conditions;

/// <summary>Groups of conditions, as clients send them for steps, variants and integrations. What could never hold is refused.</summary>
internal static class ConditionFields
{
    private static readonly string[] Joins = [ConditionGroup.And, ConditionGroup.Or];
    private static readonly string[] Units = ["minutes", "hours", "days"];
    private static readonly string[] StepTypes = ["read", "unread", "seen", "unseen"];

    public static JsonElement? Read(Field conditions)
    {
        if (conditions.Json.ValueKind == JsonValueKind.Array) conditions.Items(CheckGroup);
        return conditions.Optional().Array().JsonOrNull;
    }

    /// <summary>In the words of a list that is also asked about its elements when it is none.</summary>
    public static JsonElement? ReadStrictly(Field conditions)
    {
        var given = Read(conditions);
        conditions.Optional().Must(
            conditions.Json.ValueKind == JsonValueKind.Array, "each value in nested property conditions must be either object or array");
        return given;
    }

    /// <summary>A group without children asks nothing, so it always holds.</summary>
    public static bool AskAnything(JsonElement? conditions) => ConditionGroup.ListOf(conditions).Any(one => one.Children.Count > 0);

    private static bool CheckGroup(Fields given)
    {
        given["isNegated"].Optional().Bool();
        var children = given["children"].Optional().Array().Items(CheckCondition);
        if (children.Count > 1) given["value"].OneOf(Joins);
        return true;
    }

    private static bool CheckCondition(Fields given)
    {
        var on = given["on"].OneOf(Condition.Kinds).Text;
        switch (on)
        {
            case Condition.OnOnline:
                given["value"].Bool();
                break;
            case Condition.OnOnlineInLast:
                given["timeOperator"].OneOf(Units);
                given["value"].AnyNumber();
                break;
            case Condition.OnPreviousStep:
                given["step"].NotEmpty().String();
                given["stepType"].OneOf(StepTypes);
                break;
            case Condition.OnWebhook:
                given["webhookUrl"].Must(OutboundUrl.Parse(given["webhookUrl"].Text) is not null, "webhookUrl must be a URL address");
                CheckField(given);
                break;
            case not "":
                CheckField(given);
                break;
        }

        return true;
    }

    private static void CheckField(Fields given)
    {
        given["field"].NotEmpty().String();
        var comparison = given["operator"].OneOf(Operators.Names).Text;
        var value = given["value"];
        if (value.TextOrNull is { } text && Template.Parse(text).Error is { } error)
            given.Complain($"value is no template: {error.Message}");
        if (comparison is "BETWEEN" or "NOT_BETWEEN")
            value.Must(MayBeBounds(value), "value must be two bounds, as in 1,5");
    }

    // What a template prints is known only later.
    private static bool MayBeBounds(Field value) => value switch
    {
        { TextOrNull: { } text } => text.Contains("{{", StringComparison.Ordinal) || text.Split(',').Length == 2,
        { Json.ValueKind: JsonValueKind.Array } => value.Json.GetArrayLength() == 2,
        _ => false,
    };
}
