using Carillon.Data.Hints;
using Carillon.Engine.Running;
using Microsoft.Extensions.Time.Testing;

namespace Carillon.Tests.Engine;

public sealed class ClaimShareTests
{
    private readonly FakeTimeProvider _clock = new(new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero));
    private readonly Wire _wire = new();

    [Fact]
    public void Who_is_alone_puts_back_for_itself()
    {
        var share = new ClaimShare(_wire, _clock);
        share.Add(1_000);

        Assert.Equal(1, share.NodesServed);
    }

    [Theory]
    [InlineData(1_000, 1, 3)]
    [InlineData(1_000, 250, 2)]
    [InlineData(500, 500, 1)]
    [InlineData(1, 1_000, 1)]
    public void Who_claims_most_puts_back_for_the_others_too(int own, int each, double nodes)
    {
        var share = new ClaimShare(_wire, _clock);
        share.Add(own);
        _wire.Tell("one", each);
        _wire.Tell("two", each);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(nodes, share.NodesServed, 0.02);
    }

    [Fact]
    public void Who_says_nothing_any_more_is_forgotten()
    {
        var share = new ClaimShare(_wire, _clock);
        _wire.Tell("one", 1);
        share.Add(1_000_000);
        Assert.Equal(2, share.NodesServed, 0.02);

        _clock.Advance(TimeSpan.FromSeconds(31));
        share.Add(1_000_000);

        Assert.Equal(1, share.NodesServed);
    }

    [Fact]
    public void What_was_long_ago_counts_less_than_what_was_just_now()
    {
        var share = new ClaimShare(_wire, _clock);
        share.Add(1_000);
        _clock.Advance(TimeSpan.FromSeconds(25));
        _wire.Tell("one", 1_000);

        Assert.Equal(1, share.NodesServed);
        share.Add(10_000);
        Assert.Equal(1.82, share.NodesServed, 0.02);
    }

    [Fact]
    public void The_others_are_told_now_and_then_of_all()
    {
        var share = new ClaimShare(_wire, _clock);
        for (var i = 0; i < 10; i++)
        {
            share.Add(10);
            _clock.Advance(TimeSpan.FromMilliseconds(20));
        }

        share.Add(10);

        Assert.Equal([10, 50, 50], _wire.Told);
    }

    private sealed class Wire : NodeHints
    {
        public List<int> Told { get; } = [];

        public void Tell(string node, int claimed) => HearWork(node, $"c{claimed}");

        public override void Follow(string subscriberId)
        {
        }

        public override void Unfollow(string subscriberId)
        {
        }

        public override Task RunAsync(CancellationToken stop) => Task.CompletedTask;

        protected override void PublishWork(char word)
        {
        }

        protected override void PublishClaimed(int count) => Told.Add(count);

        protected override void PublishInbox(InboxChange change)
        {
        }
    }
}
