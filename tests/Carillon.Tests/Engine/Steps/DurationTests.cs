using System.Globalization;
using Carillon.Engine.Steps.Time;

namespace Carillon.Tests.Engine.Steps;

public sealed class DurationTests
{
    [Theory]
    [InlineData(8, "seconds", "UTC", "2026-11-23T10:00:00Z", "2026-11-23T10:00:08Z")]
    [InlineData(0.5, "minutes", "UTC", "2026-11-23T10:00:00Z", "2026-11-23T10:00:30Z")]
    [InlineData(1.5, "hours", "UTC", "2026-11-23T10:00:00Z", "2026-11-23T11:30:00Z")]
    [InlineData(2, "days", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z")]
    [InlineData(1, "weeks", "UTC", "2026-11-23T10:00:00Z", "2026-11-30T10:00:00Z")]
    [InlineData(1.5, "weeks", "UTC", "2026-11-23T10:00:00Z", "2026-12-03T22:00:00Z")]
    [InlineData(1, "months", "UTC", "2026-01-31T10:00:00Z", "2026-02-28T10:00:00Z")]
    [InlineData(1, "months", "UTC", "2028-01-31T10:00:00Z", "2028-02-29T10:00:00Z")]
    [InlineData(12, "months", "UTC", "2028-02-29T10:00:00Z", "2029-02-28T10:00:00Z")]
    [InlineData(0.5, "months", "UTC", "2026-02-01T00:00:00Z", "2026-02-15T00:00:00Z")]
    [InlineData(1.5, "months", "UTC", "2026-01-01T00:00:00Z", "2026-02-15T00:00:00Z")]
    [InlineData(-1, "months", "UTC", "2026-03-31T10:00:00Z", "2026-02-28T10:00:00Z")]
    // A week and a month end at the same time of day, whatever the clocks did meanwhile.
    [InlineData(1, "weeks", "Europe/Berlin", "2026-03-25T08:00:00Z", "2026-04-01T07:00:00Z")]
    [InlineData(1, "weeks", "Europe/Berlin", "2026-10-21T07:00:00Z", "2026-10-28T08:00:00Z")]
    [InlineData(1, "months", "Europe/Berlin", "2026-03-15T08:00:00Z", "2026-04-15T07:00:00Z")]
    [InlineData(1, "weeks", "America/New_York", "2026-03-04T14:00:00Z", "2026-03-11T13:00:00Z")]
    [InlineData(1, "months", "America/New_York", "2026-10-15T13:00:00Z", "2026-11-15T14:00:00Z")]
    [InlineData(1, "weeks", "Australia/Lord_Howe", "2026-09-30T22:30:00Z", "2026-10-07T22:00:00Z")]
    [InlineData(1, "weeks", "Australia/Lord_Howe", "2026-03-31T22:00:00Z", "2026-04-07T22:30:00Z")]
    // Into the hour that is skipped, and into the one that comes twice.
    [InlineData(1, "weeks", "Europe/Berlin", "2026-03-22T01:30:00Z", "2026-03-29T01:00:00Z")]
    [InlineData(1, "weeks", "Europe/Berlin", "2026-10-18T00:30:00Z", "2026-10-25T00:30:00Z")]
    public void It_ends_when_a_calendar_says_so(double amount, string unit, string zone, string start, string end) =>
        Assert.Equal(At(end), new Duration(amount, unit).After(At(start), TimeZoneInfo.FindSystemTimeZoneById(zone)));

    [Theory]
    [InlineData("2026-11-23T10:00:00.0005Z", "2026-11-23T10:00:01.001Z")]
    [InlineData("2026-11-23T10:00:00Z", "2026-11-23T10:00:01Z")]
    public void It_is_never_over_early_not_even_by_a_part_of_a_millisecond(string start, string end) =>
        Assert.Equal(At(end), new Duration(1, "seconds").After(At(start), TimeZoneInfo.Utc));

    [Theory, InlineData("seconds"), InlineData("days"), InlineData("weeks"), InlineData("months")]
    public void Beyond_the_end_of_the_calendar_it_never_ends(string unit) =>
        Assert.Null(new Duration(1e12, unit).After(At("2026-11-23T10:00:00Z"), TimeZoneInfo.Utc));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
