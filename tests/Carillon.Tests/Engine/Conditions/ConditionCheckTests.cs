using System.Text.Json;
using Carillon.Engine.Conditions;
using Carillon.Engine.Templating;
using Carillon.Engine.Templating.Values;

namespace Carillon.Tests.Engine.Conditions;

/// <summary>Each rule about conditions, as a table: what is asked, of what, and how it comes out.</summary>
public sealed class ConditionCheckTests
{
    private static readonly DateTimeOffset Now = new(2031, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private static readonly ConditionCheck Check = new(new Templates());

    [Theory]
    [InlineData("EQUAL", "s", "\"hello\"", true)]
    [InlineData("EQUAL", "s", "\"Hello\"", false)]
    [InlineData("EQUAL", "n", "\"3\"", true)]
    [InlineData("EQUAL", "n", "3", true)]
    [InlineData("EQUAL", "n", "\"3.0\"", true)]
    [InlineData("EQUAL", "n", "\"three\"", false)]
    [InlineData("EQUAL", "yes", "\"true\"", true)]
    [InlineData("EQUAL", "yes", "true", true)]
    [InlineData("EQUAL", "no", "\"false\"", true)]
    [InlineData("EQUAL", "no", "\"true\"", false)]
    [InlineData("EQUAL", "nothing", "\"null\"", false)]
    [InlineData("EQUAL", "missing", "\"x\"", false)]
    [InlineData("EQUAL", "deep.list[1].x", "\"found\"", true)]
    [InlineData("EQUAL", "deep.list.1.x", "\"found\"", true)]
    [InlineData("EQUAL", "dotted.name", "\"whole\"", true)]
    [InlineData("EQUAL", "list.length", "\"3\"", true)]
    [InlineData("EQUAL", "s", "\"{{payload.deep.same}}\"", true)]
    [InlineData("EQUAL", "amp", "\"{{payload.amp}}\"", true)]
    [InlineData("NOT_EQUAL", "s", "\"hello\"", false)]
    [InlineData("NOT_EQUAL", "s", "\"other\"", true)]
    [InlineData("NOT_EQUAL", "missing", "\"x\"", true)]
    [InlineData("LARGER", "n", "\"2\"", true)]
    [InlineData("LARGER", "n", "\"3\"", false)]
    [InlineData("LARGER", "date", "\"2031-01-01\"", true)]
    [InlineData("LARGER", "missing", "\"1\"", false)]
    [InlineData("LARGER", "list", "\"1\"", false)]
    [InlineData("LARGER_EQUAL", "n", "\"3\"", true)]
    [InlineData("LARGER_EQUAL", "n", "\"4\"", false)]
    [InlineData("SMALLER", "n", "\"4\"", true)]
    [InlineData("SMALLER", "n", "\"x\"", false)]
    [InlineData("SMALLER_EQUAL", "n", "\"3\"", true)]
    [InlineData("IN", "s", "\"ell\"", true)]
    [InlineData("IN", "list", "\"b\"", true)]
    [InlineData("IN", "numbers", "\"2\"", true)]
    [InlineData("IN", "list", "\"z\"", false)]
    [InlineData("IN", "n", "\"3\"", false)]
    [InlineData("IN", "missing", "\"3\"", false)]
    [InlineData("IN", "nothing", "\"3\"", false)]
    [InlineData("NOT_IN", "list", "\"b\"", false)]
    [InlineData("NOT_IN", "list", "\"z\"", true)]
    [InlineData("NOT_IN", "missing", "\"b\"", true)]
    [InlineData("NOT_IN", "n", "\"3\"", true)]
    [InlineData("IS_DEFINED", "s", "\"\"", true)]
    [InlineData("IS_DEFINED", "nothing", "\"\"", true)]
    [InlineData("IS_DEFINED", "missing", "\"\"", false)]
    [InlineData("ALL_IN", "list", "\"a, c\"", true)]
    [InlineData("ALL_IN", "list", """["a","c"]""", true)]
    [InlineData("ALL_IN", "list", "\"a, z\"", false)]
    [InlineData("ALL_IN", "numbers", "[1, 2]", true)]
    [InlineData("ALL_IN", "list", "\"\"", false)]
    [InlineData("ANY_IN", "list", "\"z, c\"", true)]
    [InlineData("ANY_IN", "list", "\"y, z\"", false)]
    [InlineData("ANY_IN", "missing", "\"a\"", false)]
    [InlineData("BETWEEN", "n", "\"1,5\"", true)]
    [InlineData("BETWEEN", "n", "[3, 3]", true)]
    [InlineData("BETWEEN", "n", "\"4,5\"", false)]
    [InlineData("BETWEEN", "date", "\"2031-01-01,2031-12-31\"", true)]
    [InlineData("BETWEEN", "missing", "\"1,5\"", false)]
    [InlineData("NOT_BETWEEN", "n", "\"1,5\"", false)]
    [InlineData("NOT_BETWEEN", "n", "\"4,5\"", true)]
    [InlineData("LIKE", "s", "\"ELL\"", true)]
    [InlineData("LIKE", "s", "\"h%o\"", true)]
    [InlineData("LIKE", "s", "\"%ll%\"", true)]
    [InlineData("LIKE", "s", "\"%lo%l%\"", false)]
    [InlineData("LIKE", "s", "\"e%\"", false)]
    [InlineData("LIKE", "n", "\"3\"", true)]
    [InlineData("LIKE", "list", "\"a\"", false)]
    [InlineData("NOT_LIKE", "s", "\"ell\"", false)]
    [InlineData("NOT_LIKE", "s", "\"zzz\"", true)]
    [InlineData("NOT_LIKE", "missing", "\"zzz\"", true)]
    public void Operators_compare(string comparison, string field, string value, bool holds)
    {
        var result = CheckGroups($$"""[{"value":"AND","children":[{{OnPayload(comparison, field, value)}}]}]""");

        Assert.Equal((holds, (string?)null), (result.Passed, result.Error));
    }

    [Theory]
    [InlineData("EQUAL")]
    [InlineData("IN")]
    [InlineData("LARGER")]
    [InlineData("BETWEEN")]
    [InlineData("LIKE")]
    [InlineData("ALL_IN")]
    [InlineData("ANY_IN")]
    [InlineData("NOT_IN")]
    [InlineData("NOT_LIKE")]
    [InlineData("NOT_BETWEEN")]
    public void No_type_breaks_an_operator(string comparison) => Assert.All(
        from field in new[] { "s", "n", "yes", "nothing", "missing", "list", "deep" }
        from value in new[] { "null", "5", "true", "{}", "[]", "[[]]", "\"\"", "[null]" }
        select CheckGroups($$"""[{"children":[{{OnPayload(comparison, field, value)}}]}]"""),
        result => Assert.Null(result.Error));

    [Theory]
    [InlineData("[]", true)]
    [InlineData("""[{"value":"AND","children":[]}]""", true)]
    [InlineData("""[{"value":"AND","children":[T,T]}]""", true)]
    [InlineData("""[{"value":"AND","children":[T,F]}]""", false)]
    [InlineData("""[{"value":"OR","children":[F,T]}]""", true)]
    [InlineData("""[{"value":"OR","children":[F,F]}]""", false)]
    [InlineData("""[{"value":"XOR","children":[T,T]}]""", false)]
    [InlineData("""[{"value":"XOR","children":[T]}]""", true)]
    [InlineData("""[{"children":[F]},{"children":[T]}]""", true)]
    [InlineData("""[{"children":[F]},{"children":[F]}]""", false)]
    [InlineData("""[{"isNegated":true,"children":[F]}]""", true)]
    [InlineData("""[{"isNegated":true,"children":[T]}]""", false)]
    [InlineData("""[{"isNegated":true,"value":"AND","children":[T,F]}]""", true)]
    [InlineData("""[{"isNegated":true,"value":"OR","children":[T,F]}]""", false)]
    [InlineData("""[{"isNegated":true,"children":[]}]""", true)]
    public void Groups_are_joined(string groups, bool holds)
    {
        var filled = groups.Replace("T", OnPayload("EQUAL", "s", "\"hello\""), StringComparison.Ordinal)
            .Replace("F", OnPayload("EQUAL", "s", "\"other\""), StringComparison.Ordinal);

        Assert.Equal(holds, CheckGroups(filled).Passed);
    }

    [Fact]
    public void Each_condition_is_shown_with_what_was_expected_and_what_was_found()
    {
        var result = CheckGroups($$"""
            [{"value":"AND","children":[{{OnPayload("EQUAL", "yes", "\"{{payload.no}}\"")}},{"on":"subscriber","field":"data.plan","operator":"EQUAL","value":"pro"}]}]
            """);

        Assert.Equal(
            [
                new("Payload", "yes", "false", "true", "EQUAL", false),
                new("Subscriber", "data.plan", "pro", "pro", "EQUAL", true),
            ],
            result.Conditions);
    }

    [Fact]
    public void What_later_groups_found_comes_first()
    {
        var result = CheckGroups($$"""
            [{"children":[{{OnPayload("EQUAL", "s", "\"one\"")}}]},{"children":[{{OnPayload("EQUAL", "s", "\"two\"")}}]}]
            """);

        Assert.Equal(["two", "one"], result.Conditions.Select(line => line.Expected));
    }

    [Fact]
    public void A_value_that_cannot_be_rendered_is_an_error()
    {
        var result = CheckGroups($$"""[{"children":[{{OnPayload("EQUAL", "s", "\"{{zzz 1}}\"")}}]}]""");

        Assert.False(result.Passed);
        Assert.NotNull(result.Error);
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, false, true)]
    [InlineData(null, true, false)]
    [InlineData(null, false, false)]
    public void Presence_is_as_it_is_known(bool? online, bool wanted, bool holds)
    {
        var groups = ConditionGroup.ListOf(Json($$"""[{"children":[{"on":"isOnline","value":{{(wanted ? "true" : "false")}}}]}]"""));

        Assert.Equal(holds, Check.Check(groups, Facts with { IsOnline = online }).Passed);
    }

    [Theory]
    [InlineData(null, 4.0, "minutes", 5, true)]
    [InlineData(null, 5.9, "minutes", 5, true)]
    [InlineData(null, 6.1, "minutes", 5, false)]
    [InlineData(false, 119.0, "hours", 1, true)]
    [InlineData(false, 121.0, "hours", 1, false)]
    [InlineData(false, 2000.0, "days", 1, true)]
    [InlineData(true, 9999.0, "minutes", 1, true)]
    [InlineData(null, null, "minutes", 5, false)]
    [InlineData(false, -5.0, "minutes", 5, false)]
    [InlineData(false, 1.0, "weeks", 5, false)]
    public void Who_was_there_lately_is_counted_in_whole_units(bool? online, double? minutesAgo, string unit, int most, bool holds)
    {
        var groups = ConditionGroup.ListOf(Json($$"""[{"children":[{"on":"isOnlineInLast","timeOperator":"{{unit}}","value":{{most}}}]}]"""));
        var facts = Facts with { IsOnline = online, LastOnlineAt = minutesAgo is { } ago ? Now.AddMinutes(-ago) : null };

        Assert.Equal(holds, Check.Check(groups, facts).Passed);
    }

    [Theory]
    [InlineData("seen", true, false, true)]
    [InlineData("seen", false, false, false)]
    [InlineData("unseen", false, false, true)]
    [InlineData("read", true, false, false)]
    [InlineData("read", true, true, true)]
    [InlineData("unread", true, false, true)]
    [InlineData("unread", true, true, false)]
    public void An_earlier_message_is_asked_whether_it_was_seen(string asked, bool seen, bool read, bool holds)
    {
        var groups = ConditionGroup.ListOf(Json($$"""[{"children":[{"on":"previousStep","step":"known","stepType":"{{asked}}"}]}]"""));

        var result = Check.Check(groups, Facts with { Earlier = uuid => uuid == "known" ? new(seen, read) : null });

        Assert.Equal(holds, result.Passed);
        Assert.Equal("Previous step", Assert.Single(result.Conditions).Kind);
    }

    [Fact]
    public void Where_there_is_no_earlier_message_it_holds_and_nothing_is_said()
    {
        var result = CheckGroups("""[{"children":[{"on":"previousStep","step":"gone","stepType":"read"}]}]""");

        Assert.True(result.Passed);
        Assert.Empty(result.Conditions);
    }

    [Fact]
    public void A_webhook_is_asked_only_where_its_answer_matters()
    {
        const string Webhook = """{"on":"webhook","webhookUrl":"http://a.example","field":"ok","operator":"EQUAL","value":"true"}""";
        var (right, wrong) = (OnPayload("EQUAL", "s", "\"hello\""), OnPayload("EQUAL", "s", "\"other\""));

        Assert.Empty(CheckGroups($$"""[{"value":"AND","children":[{{Webhook}},{{wrong}}]}]""").Unasked);
        Assert.Empty(CheckGroups($$"""[{"value":"OR","children":[{{Webhook}},{{right}}]}]""").Unasked);
        Assert.Equal(["http://a.example"], CheckGroups($$"""[{"value":"AND","children":[{{Webhook}},{{right}}]}]""").Unasked);
        Assert.Equal(["http://a.example"], CheckGroups($$"""[{"value":"OR","children":[{{Webhook}},{{wrong}}]}]""").Unasked);
        var answered = Facts with { Answers = new Dictionary<string, JsonElement?> { ["http://a.example"] = Json("""{"ok":true}""") } };
        var result = Check.Check(ConditionGroup.ListOf(Json($$"""[{"isNegated":true,"children":[{{Webhook}}]}]""")), answered);
        Assert.Equal((false, "true"), (result.Passed, Assert.Single(result.Conditions).Actual));
    }

    private static ConditionFacts Facts
    {
        get
        {
            var payload = Json("""
                {"s":"hello","n":3,"yes":true,"no":false,"nothing":null,"list":["a","b","c"],"numbers":[1,2],"date":"2031-05-04",
                 "amp":"a & b's","dotted.name":"whole","dotted":{"name":"part"},"deep":{"same":"hello","list":[{},{"x":"found"}]}}
                """);
            return new()
            {
                Now = Now,
                Payload = payload,
                Subscriber = Json("""{"data":{"plan":"pro"}}"""),
                Words = new TemplateContext(payload) { Overlay = new(("payload", TemplateValue.Of(payload))), PrintsPlain = true },
            };
        }
    }

    private static ConditionResult CheckGroups(string groups) => Check.Check(ConditionGroup.ListOf(Json(groups)), Facts);

    private static string OnPayload(string comparison, string field, string value) =>
        $$"""{"on":"payload","field":"{{field}}","operator":"{{comparison}}","value":{{value}}}""";

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
