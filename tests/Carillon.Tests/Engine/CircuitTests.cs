using Carillon.Engine;
using Carillon.Engine.Running;
using Carillon.Providers;

namespace Carillon.Tests.Engine;

public sealed class CircuitTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly SendResult Failed = new SendResult.Unavailable("down");
    private static readonly SendResult Sent = new SendResult.Sent("1");

    private readonly EngineOptions _options = new() { BreakAfter = 3, BreakTime = TimeSpan.FromSeconds(30) };

    [Fact]
    public void After_several_failures_in_a_row_it_rests_and_then_one_may_try()
    {
        var circuit = Broken();

        Assert.Equal(new Standstill(TimeSpan.FromSeconds(30), IsBroken: true), circuit.Ask(Noon));
        Assert.Null(circuit.Ask(Noon.AddSeconds(30)));
        Assert.True(circuit.Ask(Noon.AddSeconds(30)) is { IsBroken: true });
    }

    [Fact]
    public void A_trial_that_succeeds_opens_it_for_everybody()
    {
        var circuit = Broken();
        circuit.Ask(Noon.AddSeconds(30));

        circuit.Tell(Sent, Noon.AddSeconds(31));

        Assert.Null(circuit.Ask(Noon.AddSeconds(31)));
        Assert.False(circuit.IsBroken);
    }

    [Fact]
    public void Each_trial_that_fails_makes_the_rest_longer_up_to_a_bound()
    {
        var (circuit, now) = (Broken(), Noon);
        List<double> rests = [];
        for (var trial = 0; trial < 6; trial++)
        {
            now += circuit.Ask(now)!.Wait;
            Assert.Null(circuit.Ask(now));
            circuit.Tell(Failed, now);
            rests.Add(circuit.Ask(now)!.Wait.TotalSeconds);
        }

        Assert.Equal([60, 120, 240, 300, 300, 300], rests);
    }

    [Fact]
    public void What_was_under_way_together_counts_as_one_failure()
    {
        var circuit = Broken();
        for (var i = 0; i < 20; i++) circuit.Tell(Failed, Noon);

        Assert.Equal(TimeSpan.FromSeconds(30), circuit.Ask(Noon)!.Wait);
    }

    [Fact]
    public void Failures_with_a_success_between_them_do_not_add_up()
    {
        var circuit = Of(_options);
        foreach (var result in new[] { Failed, Failed, Sent, Failed, new SendResult.Refused("no"), Failed, Failed }) circuit.Tell(result, Noon);

        Assert.Null(circuit.Ask(Noon));
    }

    [Fact]
    public void It_is_left_alone_as_long_as_it_asked_for_which_is_no_failure()
    {
        var circuit = Of(_options);

        circuit.Tell(new SendResult.Unavailable("slow down", TimeSpan.FromSeconds(20)), Noon);
        circuit.Tell(Sent, Noon); // one that was under way

        Assert.Equal(new Standstill(TimeSpan.FromSeconds(15), IsBroken: false), circuit.Ask(Noon.AddSeconds(5)));
        Assert.Null(circuit.Ask(Noon.AddSeconds(20)));
    }

    [Fact]
    public void No_vendor_may_ask_for_more_than_an_hour()
    {
        var circuit = Of(_options);

        circuit.Tell(new SendResult.Unavailable("slow down", TimeSpan.FromDays(9)), Noon);

        Assert.Equal(TimeSpan.FromHours(1), circuit.Ask(Noon)!.Wait);
    }

    [Fact]
    public void It_is_not_asked_faster_than_configured()
    {
        var circuit = Of(_options, perSecond: 2);

        var asked = Enumerable.Range(0, 101).Count(tick => circuit.Ask(Noon.AddMilliseconds(tick * 100)) is null);

        Assert.Equal(22, asked); // two at once at the beginning, then two a second for ten seconds
    }

    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(4, 0.125)]
    public void Who_is_too_many_comes_back_at_the_pace_of_all_nodes(double nodes, double each)
    {
        var circuit = Of(_options, perSecond: 2, nodes);
        while (circuit.Ask(Noon) is null) { }

        double[] waits = [.. Enumerable.Range(0, 10).Select(_ => circuit.Ask(Noon)!.Wait.TotalSeconds)];

        Assert.Equal(each * 9, waits[^1] - waits[0], 0.1);
    }

    [Fact]
    public void Whoever_waits_for_the_end_of_a_rest_comes_back_behind_it_one_after_the_other()
    {
        var circuit = Broken();

        var waits = Enumerable.Range(0, 1_000).Select(_ => circuit.Ask(Noon)!.Wait.TotalSeconds).ToList();

        Assert.Equal((30, 40), (waits[0], Math.Round(waits[^1])));
        Assert.True(waits.GroupBy(wait => wait).All(together => together.Count() <= 10), "many come back at once");
    }

    [Fact]
    public void It_can_be_told_never_to_break()
    {
        var circuit = Of(new() { BreakAfter = 0 });
        for (var i = 0; i < 100; i++) circuit.Tell(Failed, Noon);

        Assert.Null(circuit.Ask(Noon));
    }

    private static Circuit Of(EngineOptions options, double perSecond = 0, double nodes = 1) => new(options, perSecond, () => nodes);

    private Circuit Broken()
    {
        var circuit = Of(_options);
        for (var i = 0; i < 3; i++) circuit.Tell(Failed, Noon);
        Assert.True(circuit.IsBroken);
        return circuit;
    }
}
