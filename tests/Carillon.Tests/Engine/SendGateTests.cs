using Carillon.Engine.Running;
using Microsoft.Extensions.Time.Testing;

namespace Carillon.Tests.Engine;

public sealed class SendGateTests
{
    private readonly FakeTimeProvider _clock = new(new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_leaves_makes_room_for_the_next()
    {
        var gate = new SendGate(1, _clock);
        var first = await gate.EnterAsync(IsWanted, Ct);
        var second = gate.EnterAsync(IsWanted, Ct).AsTask();
        Assert.False(second.IsCompleted);

        first!.Dispose();

        using var turn = await second;
        Assert.NotNull(turn);
    }

    [Fact]
    public async Task Who_finds_no_place_for_a_while_is_sent_away()
    {
        var gate = new SendGate(1, _clock);
        using var first = await gate.EnterAsync(IsWanted, Ct);
        var second = gate.EnterAsync(IsWanted, Ct).AsTask();

        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Null(await second);
    }

    [Fact]
    public async Task Where_sends_take_long_only_as_many_wait_as_there_are_places()
    {
        var gate = new SendGate(2, _clock);
        await TakeAsync(gate, TimeSpan.FromSeconds(10));
        using var first = await gate.EnterAsync(IsWanted, Ct);
        using var second = await gate.EnterAsync(IsWanted, Ct);

        var waiting = Enumerable.Range(0, 5).Select(_ => gate.EnterAsync(IsWanted, Ct).AsTask()).ToList();

        // One gets ready.
        Assert.Equal(2, waiting.Count(one => one is { IsCompleted: true, Result: null }));
    }

    [Fact]
    public async Task Who_is_sent_away_comes_back_at_the_pace_of_the_sends_and_a_little_faster()
    {
        var gate = new SendGate(2, _clock);
        await TakeAsync(gate, TimeSpan.FromSeconds(5));

        double[] waits = [.. Enumerable.Range(0, 4).Select(_ => gate.NextPlace(nodes: 1).TotalSeconds)];

        Assert.Equal([1, 3, 5, 7], waits);
    }

    [Fact]
    public async Task Where_others_have_places_too_it_comes_back_at_the_pace_of_all()
    {
        var gate = new SendGate(2, _clock);
        await TakeAsync(gate, TimeSpan.FromSeconds(5));

        double[] waits = [.. Enumerable.Range(0, 4).Select(_ => gate.NextPlace(nodes: 2).TotalSeconds)];

        Assert.Equal([1, 2, 3, 4], waits);
    }

    [Fact]
    public async Task Where_nothing_has_ended_yet_it_takes_as_long_as_it_has_taken()
    {
        var gate = new SendGate(2, _clock);
        using var first = await gate.EnterAsync(IsWanted, Ct);
        using var second = await gate.EnterAsync(IsWanted, Ct);
        _clock.Advance(TimeSpan.FromSeconds(5));

        double[] waits = [.. Enumerable.Range(0, 4).Select(_ => gate.NextPlace(nodes: 1).TotalSeconds)];

        Assert.Equal([1, 3, 5, 7], waits);
    }

    [Fact]
    public async Task One_that_hangs_does_not_make_the_others_slow()
    {
        var gate = new SendGate(3, _clock);
        using var hanging = await gate.EnterAsync(IsWanted, Ct);
        _clock.Advance(TimeSpan.FromSeconds(20));
        await TakeAsync(gate, TimeSpan.FromMilliseconds(30));
        using var second = await gate.EnterAsync(IsWanted, Ct);
        using var third = await gate.EnterAsync(IsWanted, Ct);

        double[] waits = [.. Enumerable.Range(0, 40).Select(_ => gate.NextPlace(nodes: 1).TotalSeconds)];

        Assert.InRange(waits[^1], 1, 2);
    }

    [Fact]
    public async Task Who_comes_back_soon_comes_together_with_others()
    {
        var gate = new SendGate(10, _clock);
        await TakeAsync(gate, TimeSpan.FromMilliseconds(50));

        double[] waits = [.. Enumerable.Range(0, 50).Select(_ => Math.Round(gate.NextPlace(nodes: 1).TotalSeconds, 3)).Distinct()];

        Assert.Equal([1.05, 1.15, 1.25], waits);
    }

    [Fact]
    public async Task Where_many_are_served_a_long_line_is_kept_and_does_not_run_dry()
    {
        var gate = new SendGate(40, _clock);
        await TakeAsync(gate, TimeSpan.FromMilliseconds(50));

        var waits = Enumerable.Range(0, 100_000).Select(_ => gate.NextPlace(nodes: 1)).ToList();

        Assert.Equal(waits.Order(), waits);
        Assert.InRange(waits[^1], TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(102));
    }

    [Fact]
    public async Task Nobody_is_sent_away_for_longer_than_two_minutes()
    {
        var gate = new SendGate(1, _clock);
        await TakeAsync(gate, TimeSpan.FromSeconds(30));

        var waits = Enumerable.Range(0, 100).Select(_ => gate.NextPlace(nodes: 1)).ToList();

        Assert.All(waits, wait => Assert.InRange(wait, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2)));
        Assert.True(waits.Skip(5).Distinct().Count() > 90);
    }

    [Fact]
    public async Task One_is_ready_when_a_place_becomes_free_and_looks_again_where_that_took_long()
    {
        var looks = 0;
        var gate = new SendGate(1, _clock);
        var first = await gate.EnterAsync(IsWanted, Ct);
        var second = gate.EnterAsync(LookAsync, Ct).AsTask();
        Assert.Equal(1, looks);

        _clock.Advance(TimeSpan.FromMilliseconds(50));
        first!.Dispose();
        var soon = await second;
        Assert.Equal(1, looks);

        var third = gate.EnterAsync(LookAsync, Ct).AsTask();
        _clock.Advance(TimeSpan.FromMilliseconds(150));
        soon!.Dispose();
        using var late = await third;
        Assert.Equal((3, true), (looks, late is not null));

        Task<bool> LookAsync()
        {
            looks++;
            return IsWanted();
        }
    }

    [Fact]
    public async Task What_is_not_wanted_any_more_takes_no_place_from_others()
    {
        var wanted = true;
        var gate = new SendGate(1, _clock);
        Assert.Null(await gate.EnterAsync(() => Task.FromResult(false), Ct));

        var first = await gate.EnterAsync(IsWanted, Ct);
        var second = gate.EnterAsync(() => Task.FromResult(wanted), Ct).AsTask();
        wanted = false;
        _clock.Advance(TimeSpan.FromSeconds(1));
        first!.Dispose();

        Assert.Null(await second);
        using var third = await gate.EnterAsync(IsWanted, Ct);
        Assert.NotNull(third);
        Assert.False(gate.EnterAsync(IsWanted, Ct).AsTask().IsCompleted);
    }

    private static Task<bool> IsWanted() => Task.FromResult(true);

    private async Task TakeAsync(SendGate gate, TimeSpan time)
    {
        using var turn = await gate.EnterAsync(IsWanted, Ct);
        _clock.Advance(time);
    }
}
