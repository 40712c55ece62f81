using Carillon.Data.Execution;
using Carillon.Data.Outgoing;
using Carillon.Data.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Contract.Execution;

public abstract partial class EngineStoreContract
{
    [Fact]
    public async Task News_are_written_with_the_runs_that_they_tell_of_and_only_if_those_are_held()
    {
        var (_, runs) = await ExpandedEventAsync(2);
        var held = Assert.Single(await Store.ClaimRunsAsync(ClaimAt(Now, token: 5, limit: 1), Ct));
        var lost = runs.Single(run => run.Id != held.Id);
        lost.LeaseToken = 9;

        await Store.CommitRunsAsync(new(Now, [held, lost], []) { News = [News(held, "e1"), News(lost, "e1")] }, Ct);

        await using var db = database.Database.Open(Here);
        Assert.Equal(held.Id, (await db.OutgoingEvents.SingleAsync(Ct)).MessageId);
    }

    [Fact]
    public async Task News_are_written_with_a_page_and_with_subscribers()
    {
        var e = await ClaimedEventAsync();
        var run = _rows.Run(e);

        await Store.CommitPageAsync(new([SampleRows.Expanded(e) with { RunsAdded = 1 }], [run], []) { News = [News(run, "e1")] }, Ct);
        await Store.SaveSubscribersAsync([_rows.Subscriber(Here, "ada")], [Outgoing("e2", Now)], Ct);

        Assert.Equal(["e1", "e2"], (await Store.DueEndpointsAsync(Ct)).Select(due => due.EndpointId).Order());
        Assert.Equal(1, await CountAsync<Subscriber>());
    }

    [Fact]
    public async Task Each_endpoint_is_named_once_with_what_is_due_first()
    {
        await InsertAsync(
            Outgoing("b", Now.AddMinutes(5)), Outgoing("b", Now.AddMinutes(1)), Outgoing("a", Now), Outgoing("c", due: null), Outgoing("d", Now.AddDays(1)));

        Assert.Equal(
            [new("a", Now), new("b", Now.AddMinutes(1)), new("d", Now.AddDays(1))],
            (await Store.DueEndpointsAsync(Ct)).OrderBy(due => due.EndpointId));
    }

    [Fact]
    public async Task Nothing_waits_for_nobody() => Assert.Empty(await Store.DueEndpointsAsync(Ct));

    [Fact]
    public async Task An_event_is_claimed_once_and_again_when_the_claim_ended()
    {
        OutgoingEvent[] due = [Outgoing("a", Now.AddMinutes(-1)), Outgoing("a", Now.AddMinutes(-2)), Outgoing("a", Now.AddMinutes(2)), Outgoing("b", Now)];
        await InsertAsync([.. due]);

        var first = await Store.ClaimOutgoingAsync("a", ClaimAt(Now, token: 1), Ct);
        var second = await Store.ClaimOutgoingAsync("a", ClaimAt(Now, token: 2), Ct);
        var later = await Store.ClaimOutgoingAsync("a", ClaimAt(Now.AddMinutes(1), token: 3), Ct);

        Assert.Equal([due[1].Id, due[0].Id], first.Select(e => e.Id));
        Assert.Empty(second);
        Assert.Equal([due[1].Id, due[0].Id], later.Select(e => e.Id).OrderBy(id => id == due[0].Id));
        Assert.All(later, e => Assert.Equal((3, Now.AddMinutes(2)), (e.LeaseToken, e.DueAt)));
    }

    [Fact]
    public async Task What_became_of_an_event_is_written_by_whoever_holds_it()
    {
        await InsertAsync(Outgoing("a", Now), Outgoing("a", Now));
        var claimed = await Store.ClaimOutgoingAsync("a", ClaimAt(Now, token: 1), Ct);
        claimed[0].LeaseToken = 7;
        foreach (var e in claimed) (e.Status, e.DueAt, e.Attempt, e.LastStatus, e.LastError) = (OutgoingStatus.Failed, null, 3, 500, "grüße 🎉");

        await Store.SaveOutgoingAsync(claimed, Ct);

        await using var db = database.Database.Open(Here);
        var rows = await db.OutgoingEvents.ToDictionaryAsync(e => e.Id, Ct);
        Assert.Equal(OutgoingStatus.Pending, rows[claimed[0].Id].Status);
        var written = rows[claimed[1].Id];
        Assert.Equal(
            (OutgoingStatus.Failed, null, null, (short)3, (short)500, "grüße 🎉"),
            (written.Status, written.DueAt, written.LeaseToken, written.Attempt, written.LastStatus, written.LastError));
    }

    [Fact]
    public async Task Prune_removes_old_events_that_are_over_and_none_that_wait()
    {
        await InsertAsync(
            Outgoing("a", due: null, SampleRows.IdAt(Old)), Outgoing("a", Now, SampleRows.IdAt(Old)), Outgoing("a", due: null, SampleRows.IdAt(Now)));

        Assert.Equal(1, await Store.PruneAsync(Horizon(), 100, Ct));
        Assert.Equal(2, await CountAsync<OutgoingEvent>());
    }

    private RunNews News(Run run, string endpointId) => new(run.Id, run.EventId, Outgoing(endpointId, Now, messageId: run.Id));

    private OutgoingEvent Outgoing(string endpointId, DateTimeOffset? due, string? id = null, string messageId = "msg") => new()
    {
        Id = id ?? _rows.Id(), EnvironmentId = Here, EndpointId = endpointId, MessageId = messageId, Type = EventTypes.MessageSent, Payload = "{}",
        DueAt = due, CreatedAt = Now, UpdatedAt = Now,
    };
}
