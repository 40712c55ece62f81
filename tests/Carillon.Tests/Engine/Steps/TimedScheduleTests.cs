using System.Globalization;
using System.Text.Json;
using Carillon.Engine.Steps.Digest;

namespace Carillon.Tests.Engine.Steps;

public sealed class TimedScheduleTests
{
    private const string Workdays = """{"timed":{"atTime":"09:00","weekDays":["monday","wednesday"]}}""";

    [Theory]
    [InlineData("2023-05-04T12:00:00Z", "minutes", 7, "{}", "2023-05-04T12:07:00Z")]
    [InlineData("2023-05-04T10:00:00.500Z", "minutes", 1, "{}", "2023-05-04T10:01:00Z")]
    [InlineData("2023-05-04T12:30:15Z", "hours", 2, "{}", "2023-05-04T14:30:15Z")]
    [InlineData("2023-05-04T12:00:00Z", "days", 1, """{"timed":{"atTime":"01:00"}}""", "2023-05-05T01:00:00Z")]
    [InlineData("2023-05-04T12:00:00Z", "days", 4, """{"timed":{"atTime":"01:00"}}""", "2023-05-08T01:00:00Z")]
    [InlineData("2023-05-04T12:00:00Z", "days", 4, """{"timed":{"atTime":"13:00"}}""", "2023-05-04T13:00:00Z")]
    [InlineData("2023-05-04T12:00:00Z", "days", 1, """{"timed":{"atTime":"12:00"}}""", "2023-05-05T12:00:00Z")]
    [InlineData("2023-05-04T12:00:30Z", "days", 1, """{"timed":{"atTime":"13:00"}}""", "2023-05-04T13:00:00Z")]
    [InlineData("2023-05-04T12:00:00Z", "days", 1, """{"timed":{"atTime":"13:00:45"}}""", "2023-05-04T13:00:45Z")]
    [InlineData("2023-05-02T12:00:00Z", "weeks", 2, Workdays, "2023-05-03T09:00:00Z")]
    [InlineData("2023-05-04T12:00:00Z", "weeks", 1, Workdays, "2023-05-08T09:00:00Z")]
    [InlineData("2023-05-04T12:00:00Z", "weeks", 2, Workdays, "2023-05-15T09:00:00Z")]
    [InlineData("2023-05-07T12:00:00Z", "weeks", 1, """{"timed":{"atTime":"13:00","weekDays":["sunday"]}}""", "2023-05-07T13:00:00Z")]
    [InlineData("2023-05-04T10:00:00Z", "weeks", 2, """{"timed":{"atTime":"09:00"}}""", "2023-05-18T09:00:00Z")]
    [InlineData("2023-05-04T10:00:00Z", "weeks", 2, """{"timed":{"atTime":"09:00","weekDays":[],"monthDays":[]}}""", "2023-05-18T09:00:00Z")]
    [InlineData("2023-05-03T12:30:00Z", "months", 3, """{"timed":{"atTime":"12:00","monthDays":[1,15]}}""", "2023-05-15T12:00:00Z")]
    [InlineData("2023-05-16T12:30:00Z", "months", 3, """{"timed":{"atTime":"12:00","monthDays":[15,1]}}""", "2023-08-01T12:00:00Z")]
    [InlineData("2023-05-03T13:00:00Z", "months", 3, """{"timed":{"atTime":"12:00"}}""", "2023-08-03T12:00:00Z")]
    [InlineData("2023-05-03T13:00:00Z", "months", 3, """{"timed":{"atTime":"12:00","weekDays":[],"monthDays":[]}}""", "2023-08-03T12:00:00Z")]
    [InlineData("2024-01-31T10:00:00Z", "months", 1, """{"timed":{"atTime":"09:00","monthDays":[31]}}""", "2024-03-31T09:00:00Z")]
    [InlineData("2024-01-31T10:00:00Z", "months", 1, """{"timed":{"atTime":"09:00","monthDays":[29]}}""", "2024-02-29T09:00:00Z")]
    [InlineData("2023-03-01T10:00:00Z", "months", 12, """{"timed":{"atTime":"09:00","monthDays":[31]}}""", "2023-03-31T09:00:00Z")]
    [InlineData("2024-02-29T10:00:00Z", "months", 12, """{"timed":{"atTime":"09:00","monthDays":[29]}}""", "2028-02-29T09:00:00Z")]
    [InlineData("2023-01-01T10:00:00Z", "months", 1, """{"timed":{"atTime":"09:00","weekDays":["friday"],"monthDays":[13]}}""", "2023-01-13T09:00:00Z")]
    public void It_closes_at_the_next_time_that_the_schedule_names(string now, string unit, int amount, string settings, string expected) =>
        Assert.Equal(At(expected), Next(now, unit, amount, settings).Due);

    [Theory]
    [InlineData("1", "monday", "2023-05-01T09:00:00Z", "2023-06-05T09:00:00Z")]
    [InlineData("2", "tuesday", "2023-05-01T09:00:00Z", "2023-05-09T09:00:00Z")]
    [InlineData("5", "monday", "2023-05-30T09:00:00Z", "2023-07-31T09:00:00Z")]
    [InlineData("last", "friday", "2023-05-01T09:00:00Z", "2023-05-26T09:00:00Z")]
    [InlineData("1", "day", "2023-05-04T09:00:00Z", "2023-06-01T09:00:00Z")]
    [InlineData("last", "day", "2024-02-01T09:00:00Z", "2024-02-29T09:00:00Z")]
    [InlineData("1", "weekday", "2023-06-30T09:00:00Z", "2023-07-03T09:00:00Z")]
    [InlineData("last", "weekday", "2023-04-01T09:00:00Z", "2023-04-28T09:00:00Z")]
    [InlineData("1", "weekend", "2023-05-01T09:00:00Z", "2023-05-06T09:00:00Z")]
    [InlineData("last", "weekend", "2023-05-01T09:00:00Z", "2023-05-28T09:00:00Z")]
    public void It_may_be_the_first_the_last_or_any_in_between_of_a_month(string ordinal, string ordinalValue, string now, string expected)
    {
        var settings = JsonSerializer.Serialize(new { timed = new { atTime = "09:00", monthlyType = "on", ordinal, ordinalValue } });

        Assert.Equal(At(expected), Next(now, "months", 1, settings).Due);
    }

    [Theory]
    // Spring: Berlin and New York lose an hour at night, Lord Howe half of one. What is skipped is when the clock goes on.
    [InlineData("Europe/Berlin", "2026-03-28T12:00:00Z", "02:30", "2026-03-29T01:00:00Z")]
    [InlineData("Europe/Berlin", "2026-03-28T12:00:00Z", "09:00", "2026-03-29T07:00:00Z")]
    [InlineData("America/New_York", "2026-03-07T12:00:00Z", "02:30", "2026-03-08T07:00:00Z")]
    [InlineData("America/New_York", "2026-03-07T15:00:00Z", "09:00", "2026-03-08T13:00:00Z")]
    [InlineData("Australia/Lord_Howe", "2026-10-03T12:00:00Z", "02:15", "2026-10-03T15:30:00Z")]
    [InlineData("Australia/Lord_Howe", "2026-10-03T12:00:00Z", "09:00", "2026-10-03T22:00:00Z")]
    // Autumn: of a time that comes twice the first is meant, and it does not come again.
    [InlineData("Europe/Berlin", "2026-10-24T12:00:00Z", "02:30", "2026-10-25T00:30:00Z")]
    [InlineData("Europe/Berlin", "2026-10-25T00:30:00Z", "02:30", "2026-10-26T01:30:00Z")]
    [InlineData("Europe/Berlin", "2026-10-24T12:00:00Z", "09:00", "2026-10-25T08:00:00Z")]
    [InlineData("America/New_York", "2026-10-31T12:00:00Z", "01:30", "2026-11-01T05:30:00Z")]
    [InlineData("America/New_York", "2026-11-01T05:30:00Z", "01:30", "2026-11-02T06:30:00Z")]
    [InlineData("Australia/Lord_Howe", "2026-04-04T12:00:00Z", "01:45", "2026-04-04T14:45:00Z")]
    [InlineData("Australia/Lord_Howe", "2026-04-04T14:45:00Z", "01:45", "2026-04-05T15:15:00Z")]
    public void The_clock_on_the_wall_decides_over_both_changes(string zone, string now, string atTime, string expected)
    {
        var timed = JsonSerializer.Serialize(new { timed = new { atTime } });
        var parts = atTime.Split(':');
        var cron = JsonSerializer.Serialize(new { timed = new { cronExpression = $"{int.Parse(parts[1], CultureInfo.InvariantCulture)} {int.Parse(parts[0], CultureInfo.InvariantCulture)} * * *" } });

        Assert.Equal(At(expected), Next(now, "days", 1, timed, zone).Due);
        Assert.Equal(At(expected), Next(now, "days", 1, cron, zone).Due);
    }

    [Theory]
    [InlineData("0 9 * * 1-5", "2023-05-05T09:00:00Z", "2023-05-08T09:00:00Z")]
    [InlineData("*/15 * * * * *", "2023-05-05T09:00:01Z", "2023-05-05T09:00:15Z")]
    public void A_cron_expression_may_name_seconds(string cronExpression, string now, string expected) =>
        Assert.Equal(At(expected), Next(now, "days", 1, JsonSerializer.Serialize(new { timed = new { cronExpression } })).Due);

    [Theory]
    [InlineData("weeks", """{"timed":{"atTime":"09:00","weekDays":["someday"]}}""", "Digest timed config weekDays values are invalid")]
    [InlineData("months", """{"timed":{"atTime":"09:00","monthDays":[0]}}""", "Digest timed config monthDays values are invalid")]
    [InlineData("months", """{"timed":{"atTime":"09:00","monthlyType":"on","ordinal":"6","ordinalValue":"day"}}""", "Digest timed config ordinal values are invalid")]
    [InlineData("days", """{"timed":{"atTime":"9"}}""", "Digest timed config atTime has invalid format")]
    [InlineData("years", """{"timed":{"atTime":"09:00"}}""", "Invalid digest unit")]
    public void What_is_no_schedule_says_why(string unit, string settings, string error) => Assert.Equal(error, Next("2023-05-05T09:00:00Z", unit, 1, settings).Error);

    [Fact]
    public void Every_day_of_a_month_is_a_day()
    {
        for (var day = 1; day <= 31; day++)
        {
            var (due, error) = Next("2023-04-30T23:00:00Z", "months", 1, $$$"""{"timed":{"atTime":"09:00","monthDays":[{{{day}}}]}}""");
            Assert.Null(error);
            Assert.Equal(day, due.Day);
        }
    }

    private static (DateTimeOffset Due, string? Error) Next(string now, string unit, int amount, string settings, string zone = "UTC")
    {
        var all = System.Text.Json.Nodes.JsonNode.Parse(settings)!.AsObject();
        (all["unit"], all["amount"]) = (unit, amount);
        return TimedSchedule.Next(JsonSerializer.SerializeToElement(all), At(now), TimeZoneInfo.FindSystemTimeZoneById(zone));
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
