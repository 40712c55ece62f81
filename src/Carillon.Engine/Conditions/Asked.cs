using System.Globalization;
using System.Text.Json;
using Carillon.Engine.Templating;

namespace Carillon.Engine.Conditions;

/// <summary>How one condition came out. No line where there was nothing to ask about; then it holds.</summary>
internal readonly record struct Asked(bool Passed, ConditionLine? Line, string? Error = null)
{
    public static Asked Of(Condition condition, ConditionFacts facts, Templates templates) => condition.On switch
    {
        Condition.OnPayload => OfField("Payload", condition, facts.Payload, facts, templates),
        Condition.OnSubscriber => OfField("Subscriber", condition, facts.Subscriber, facts, templates),
        Condition.OnTenant => OfField("Tenant", condition, facts.Tenant, facts, templates),
        Condition.OnWebhook => OfField("Webhook", condition, AnswerOf(condition, facts), facts, templates),
        Condition.OnOnline => OfOnline(condition, facts),
        Condition.OnOnlineInLast => OfOnlineInLast(condition, facts),
        Condition.OnPreviousStep => OfPreviousStep(condition, facts),
        _ => Of(new(condition.On ?? "", condition.Field, "", "", condition.Operator ?? "", false)),
    };

    private static JsonElement? AnswerOf(Condition condition, ConditionFacts facts) =>
        condition.WebhookUrl is { } url ? facts.Answers.GetValueOrDefault(url) : null;

    private static Asked OfField(string kind, Condition condition, JsonElement? data, ConditionFacts facts, Templates templates)
    {
        var (expected, error) = Expectation.Of(condition.Value, templates, facts.Words);
        if (expected is null) return new(false, null, error!.Message);

        var actual = JsonPath.Find(data, condition.Field);
        var passed = Operators.Holds(condition.Operator, actual, expected);
        return Of(new(kind, condition.Field, expected.Text, Shown(actual), condition.Operator ?? "", passed));
    }

    private static Asked OfOnline(Condition condition, ConditionFacts facts)
    {
        var expected = condition.Value is { ValueKind: JsonValueKind.True } || IsText(condition.Value, "true");
        return Of(new("Is online", "isOnline", Shown(expected), Shown(facts.IsOnline), "EQUAL", facts.IsOnline == expected));
    }

    // Whole units, as people count them: somebody who left 5 minutes and 50 seconds ago was there in the last 5 minutes.
    private static Asked OfOnlineInLast(Condition condition, ConditionFacts facts)
    {
        var most = Amount(condition.Value);
        var since = facts.Now - facts.LastOnlineAt;
        var units = condition.TimeOperator switch
        {
            "minutes" => since?.TotalMinutes,
            "hours" => since?.TotalHours,
            "days" => since?.TotalDays,
            _ => null,
        };
        var passed = facts.IsOnline == true || (units is { } whole && Math.Floor(whole) >= 0 && Math.Floor(whole) <= most);
        var actual = facts.IsOnline == true ? "true" : facts.LastOnlineAt?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        return Of(new("Last time was online", "isOnline", Shown(condition.Value), actual ?? "", condition.TimeOperator ?? "", passed));
    }

    private static Asked OfPreviousStep(Condition condition, ConditionFacts facts)
    {
        if (facts.Earlier(condition.Step ?? "") is not { } message) return new(true, null);

        var passed = condition.StepType switch
        {
            "seen" => message.Seen,
            "unseen" => !message.Seen,
            "read" => message.Read,
            "unread" => !message.Read,
            _ => false,
        };
        return Of(new("Previous step", condition.StepType ?? "", "true", Shown(passed), "EQUAL", passed));
    }

    private static Asked Of(ConditionLine line) => new(line.Passed, line);

    private static double Amount(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.Number } number => number.GetDouble(),
        { ValueKind: JsonValueKind.String } text when double.TryParse(text.GetString(), CultureInfo.InvariantCulture, out var number) => number,
        _ => -1,
    };

    private static bool IsText(JsonElement? value, string text) => value is { ValueKind: JsonValueKind.String } given && given.GetString() == text;

    private static string Shown(bool? truth) => truth switch { true => "true", false => "false", null => "" };

    private static string Shown(JsonElement? value) => value switch
    {
        null or { ValueKind: JsonValueKind.Undefined } => "",
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        var other => other.Value.GetRawText(),
    };
}
