using Carillon.Data.ChatOAuth;
using Carillon.Data.Execution;
using Carillon.Data.Idempotency;
using Carillon.Data.Messages;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Contract.Execution;

public abstract partial class EngineStoreContract
{
    private static readonly DateTimeOffset Old = Now.AddDays(-100);

    [Fact]
    public async Task Prune_removes_runs_that_are_over_and_old_in_every_bucket()
    {
        Run[] old = [.. new byte[] { 0, 7, 255 }.Select(bucket => EndedRun(Old, RunStatus.Finished, bucket))];
        await InsertAsync([.. old, EndedRun(Old, RunStatus.Cancelled), EndedRun(Now, RunStatus.Finished)]);

        Assert.Equal(4, await Store.PruneAsync(Horizon(), 100, Ct));

        await using var db = database.Database.Open(Here);
        Assert.Equal(Now, Carillon.Data.Ids.TimeOf((await db.Runs.SingleAsync(Ct)).Id));
    }

    [Fact]
    public async Task Prune_never_removes_a_run_that_waits_nor_its_event()
    {
        var e = _rows.Event(Here, id: SampleRows.IdAt(Old), status: EventStatus.Expanded);
        await InsertAsync(e, _rows.Run(e, dueAt: Now.AddYears(1), id: SampleRows.IdAt(Old)));

        Assert.Equal(0, await Store.PruneAsync(Horizon(), 100, Ct));

        Assert.Equal((1, 1), (await CountAsync<Event>(), await CountAsync<Run>()));
    }

    [Fact]
    public async Task Prune_keeps_the_event_of_a_run_that_is_still_kept()
    {
        var e = _rows.Event(Here, id: SampleRows.IdAt(Old), status: EventStatus.Expanded);
        var run = EndedRun(Now, RunStatus.Finished, e: e);
        await InsertAsync(e, run);

        Assert.Equal(0, await Store.PruneAsync(Horizon(), 100, Ct));
        Assert.Equal(1, await Store.PruneAsync(Horizon() with { Runs = Now.AddSeconds(1), Events = Old }, 100, Ct));
        Assert.Equal(1, await Store.PruneAsync(Horizon(), 100, Ct));
        Assert.Equal(0, await CountAsync<Event>());
    }

    [Theory]
    [InlineData(EventStatus.Pending, 1)]
    [InlineData(EventStatus.Expanded, 0)]
    [InlineData(EventStatus.Cancelled, 0)]
    [InlineData(EventStatus.Failed, 0)]
    public async Task Prune_removes_an_old_event_unless_it_is_still_being_walked(EventStatus status, int left)
    {
        await InsertAsync(_rows.Event(Here, id: SampleRows.IdAt(Old), status: status));

        await Store.PruneAsync(Horizon(), 100, Ct);

        Assert.Equal(left, await CountAsync<Event>());
    }

    [Fact]
    public async Task Prune_holds_each_kind_of_message_to_its_own_horizon()
    {
        await InsertAsync([.. new[] { "in_app", "email", "sms" }.Select(channel => OldMessage(channel))]);

        Assert.Equal(2, await Store.PruneAsync(Horizon() with { InAppMessages = Old }, 100, Ct));
        await using (var db = database.Database.Open(Here))
            Assert.Equal("in_app", (await db.Messages.SingleAsync(Ct)).Channel);

        await InsertAsync(OldMessage("push"));
        Assert.Equal(1, await Store.PruneAsync(Horizon() with { OtherMessages = Old }, 100, Ct));
        await using (var db = database.Database.Open(Here))
            Assert.Equal("push", (await db.Messages.SingleAsync(Ct)).Channel);
    }

    [Fact]
    public async Task Prune_removes_used_states_and_idempotency_records_that_have_expired()
    {
        await InsertAsync(State("old", Now.AddSeconds(-1)), State("new", Now.AddSeconds(1)));
        await InsertAsync(Record("old", Now.AddSeconds(-1)), Record("new", Now.AddSeconds(1)));

        Assert.Equal(2, await Store.PruneAsync(Horizon(), 100, Ct));

        await using var db = database.Database.Open(Here);
        Assert.Equal("new", (await db.ConsumedStates.SingleAsync(Ct)).Nonce);
        Assert.Equal("new", (await db.IdempotencyRecords.SingleAsync(Ct)).Key);
    }

    [Fact]
    public async Task Prune_takes_no_more_of_each_kind_than_it_is_told()
    {
        await InsertAsync(
        [
            .. Enumerable.Range(0, 5).Select(i => EndedRun(Old, RunStatus.Finished, (byte)(i * 50))),
            .. Enumerable.Range(0, 5).Select(_ => OldMessage("in_app")),
            .. Enumerable.Range(0, 5).Select(_ => OldMessage("email")),
            .. Enumerable.Range(0, 5).Select(_ => _rows.Event(Here, id: SampleRows.IdAt(Old), status: EventStatus.Expanded)),
            .. Enumerable.Range(0, 5).Select(i => State($"{i}", Old)),
            .. Enumerable.Range(0, 5).Select(i => Record($"{i}", Old)),
        ]);

        foreach (var expected in new[] { 12, 12, 6, 0 })
            Assert.Equal(expected, await PruneAsync());

        Task<int> PruneAsync() => Store.PruneAsync(Horizon(), limit: 2, Ct);
    }

    [Fact]
    public async Task Prune_with_horizons_at_the_beginning_of_time_removes_nothing()
    {
        await InsertAsync(EndedRun(Old, RunStatus.Finished), OldMessage("in_app"), _rows.Event(Here, status: EventStatus.Expanded));
        var never = DateTimeOffset.MinValue;

        Assert.Equal(0, await Store.PruneAsync(new(Now, never, never, never, never, never), 100, Ct));
    }

    private static PruneHorizon Horizon()
    {
        var monthAgo = Now.AddDays(-30);
        return new(Now, monthAgo, monthAgo, monthAgo, monthAgo, monthAgo);
    }

    private Run EndedRun(DateTimeOffset madeAt, RunStatus status, byte bucket = 7, Event? e = null)
    {
        var run = _rows.Run(e ?? _rows.Event(Here), bucket: bucket, id: SampleRows.IdAt(madeAt, bucket));
        (run.Status, run.DueAt, run.UpdatedAt) = (status, null, madeAt);
        return run;
    }

    private Message OldMessage(string channel) => _rows.Message(_rows.Run(_rows.Event(Here)), channel, SampleRows.IdAt(Old));

    private static ConsumedState State(string nonce, DateTimeOffset expiresAt) =>
        new() { Nonce = nonce, EnvironmentId = Here, ExpiresAt = expiresAt };

    private static IdempotencyRecord Record(string key, DateTimeOffset expiresAt) => new()
    {
        EnvironmentId = Here, Route = "POST /v1/events/trigger", Key = key, BodyHash = "", CreatedAt = Old, ExpiresAt = expiresAt,
    };
}
