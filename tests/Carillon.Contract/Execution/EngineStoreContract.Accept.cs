using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Data.Workflows;

namespace Carillon.Contract.Execution;

public abstract partial class EngineStoreContract
{
    [Fact]
    public async Task Accept_stores_the_events_of_a_batch_as_they_are()
    {
        var first = _rows.Event(Here);
        var second = _rows.Event(Here, dueAt: Now.AddHours(1));

        Assert.Equal([true, true], await Store.AcceptAsync([first, second], Ct));

        Assert.Equivalent(first, await StoredEventAsync(first), strict: true);
        Assert.Equivalent(second, await StoredEventAsync(second), strict: true);
    }

    [Fact]
    public async Task Accept_stores_events_of_several_workflows_each_as_its_own()
    {
        Event[] first = [Of(Here, "a"), Of(Elsewhere, "b"), Of(Here, "a"), Of(Here, "c"), Of(Elsewhere, "b")];
        Event[] second = [Of(Here, "c"), _rows.Event(Here, first[0].TransactionId), Of(Elsewhere, "b"), Of(Here, "d")];

        Assert.Equal([true, true, true, true, true], await Store.AcceptAsync(first, Ct));
        Assert.Equal([true, false, true, true], await Store.AcceptAsync(second, Ct));

        foreach (var e in first.Concat(second.Where((_, i) => i != 1)))
            Assert.Equivalent(e, await StoredEventAsync(e), strict: true);

        Event Of(string environmentId, string name) => new()
        {
            Id = _rows.Id(),
            EnvironmentId = environmentId,
            OrganizationId = $"organization of {environmentId}",
            WorkflowId = $"workflow {name}",
            VersionId = $"version {name}",
            Recipients = "[]",
            Content = $"content {name}",
            DueAt = Now,
            CreatedAt = Now,
        };
    }

    [Fact]
    public async Task Accept_of_nothing_is_nothing() => Assert.Empty(await Store.AcceptAsync([], Ct));

    [Fact]
    public async Task Accept_keeps_the_first_of_two_with_one_transaction_id_in_a_batch()
    {
        var first = _rows.Event(Here, "same");
        var second = _rows.Event(Here, "same");
        var third = _rows.Event(Here, "other");

        Assert.Equal([true, false, true], await Store.AcceptAsync([first, second, third], Ct));

        Assert.NotNull(await StoredEventAsync(first));
        Assert.Null(await StoredEventAsync(second));
    }

    [Fact]
    public async Task Accept_refuses_a_transaction_id_that_is_there_and_leaves_its_event_alone()
    {
        var first = _rows.Event(Here, "same");
        await Store.AcceptAsync([first], Ct);

        var answers = await Store.AcceptAsync([_rows.Event(Here, "same", Now.AddDays(1)), _rows.Event(Here, "new")], Ct);

        Assert.Equal([false, true], answers);
        Assert.Equivalent(first, await StoredEventAsync(first), strict: true);
    }

    [Fact]
    public async Task Accept_takes_the_same_transaction_id_in_another_environment()
    {
        Assert.Equal([true, true], await Store.AcceptAsync([_rows.Event(Here, "same"), _rows.Event(Elsewhere, "same")], Ct));
        Assert.Equal([false], await Store.AcceptAsync([_rows.Event(Elsewhere, "same")], Ct));
    }

    [Fact]
    public async Task Accept_refuses_what_an_event_that_nobody_named_is_known_by()
    {
        var unnamed = _rows.Event(Here);
        await Store.AcceptAsync([unnamed], Ct);

        var answers = await Store.AcceptAsync([_rows.Event(Here, unnamed.TransactionId), _rows.Event(Elsewhere, unnamed.TransactionId), _rows.Event(Here)], Ct);

        Assert.Equal([false, true, true], answers);
        Assert.Equivalent(unnamed, await StoredEventAsync(unnamed), strict: true);
    }

    [Fact]
    public async Task Accept_takes_a_uuid_that_is_nobodys_once()
    {
        var uuid = Ids.UuidOf(_rows.Id());

        Assert.Equal([true], await Store.AcceptAsync([_rows.Event(Here, uuid)], Ct));
        Assert.Equal([false], await Store.AcceptAsync([_rows.Event(Here, uuid)], Ct));
    }

    [Fact]
    public async Task Accept_answers_batches_that_overlap_in_any_order_at_the_same_time()
    {
        for (var round = 0; round < 10; round++)
        {
            var names = Enumerable.Range(0, 200).Select(i => $"{round}-{i}").ToList();
            var answers = await Task.WhenAll(
                Enumerable.Range(0, 8).Select(i => Task.Run(() => AcceptAsync(i % 2 == 0 ? names : Enumerable.Reverse(names)), Ct)));

            Assert.Equal(names.Count, answers.Sum(won => won.Count(w => w)));
        }

        Task<IReadOnlyList<bool>> AcceptAsync(IEnumerable<string> names) =>
            Store.AcceptAsync([.. names.Select(name => _rows.Event(Here, name))], Ct);
    }

    [Fact]
    public async Task Accept_stores_nothing_when_a_workflow_does_not_stand_as_it_was_seen()
    {
        var (order, gone) = (_rows.WorkflowNamed(Here, "order"), _rows.WorkflowNamed(Here, "gone"));
        gone.DeletedAt = Now;
        await InsertAsync(order, gone);
        var seen = Shown(order);

        TriggeredWorkflow[] others =
        [
            Shown(gone), seen with { EnvironmentId = Elsewhere }, seen with { Identifier = "another" }, seen with { Id = gone.Id },
            seen with { VersionId = gone.VersionId }, seen with { Active = false },
        ];
        foreach (var other in others)
            Assert.Null(await Store.AcceptAsync([_rows.Event(Here, "same")], [seen, other], Ct));

        Assert.Equal([true], await Store.AcceptAsync([_rows.Event(Here, "same")], [seen], Ct));
        Assert.Equal([false], await Store.AcceptAsync([_rows.Event(Here, "same")], [seen], Ct));
        Assert.Null(await Store.AcceptAsync([_rows.Event(Here, "same")], [seen with { Active = false }], Ct));
        Assert.Equal([true], await Store.AcceptAsync([_rows.Event(Here, "twice seen")], [seen, seen with { }], Ct));
    }

    [Fact]
    public async Task Accept_goes_on_to_tell_new_ones_from_repeats_behind_a_repeat()
    {
        Assert.Equal([true], await Store.AcceptAsync([_rows.Event(Here, "same")], [], Ct));
        for (var i = 0; i < 40; i++)
            Assert.Equal([false, true], await Store.AcceptAsync([_rows.Event(Here, "same"), _rows.Event(Here, $"new {i}")], [], Ct));
        for (var i = 0; i < 40; i++)
            Assert.Equal([true], await Store.AcceptAsync([_rows.Event(Here, $"later {i}")], [], Ct));
    }

    [Fact]
    public async Task An_accepted_event_is_handed_out_whole()
    {
        var e = _rows.Event(Here);
        await Store.AcceptAsync([e], Ct);

        var found = await Store.EventsAsync([new(Here, e.Id)], Ct);

        Assert.Equivalent(e, Assert.Single(found), strict: true);
    }

    [Fact]
    public async Task Events_are_not_found_from_another_environment()
    {
        var here = _rows.Event(Here);
        var elsewhere = _rows.Event(Elsewhere);
        await Store.AcceptAsync([here, elsewhere], Ct);

        var found = await Store.EventsAsync([new(Here, here.Id), new(Here, elsewhere.Id), new(Elsewhere, here.Id)], Ct);

        Assert.Equal(here.Id, Assert.Single(found).Id);
    }

    [Fact]
    public async Task Workflows_are_found_by_their_identifiers_where_they_are_and_as_they_stand()
    {
        var (here, elsewhere, gone) = (_rows.WorkflowNamed(Here, "order"), _rows.WorkflowNamed(Elsewhere, "order", active: false), _rows.WorkflowNamed(Here, "gone"));
        gone.DeletedAt = Now;
        await InsertAsync(here, elsewhere, gone);

        var found = await Store.WorkflowsAsync([new(Here, "order"), new(Elsewhere, "order"), new(Here, "gone"), new(Here, "unknown")], Ct);

        Assert.Equal([Shown(here), Shown(elsewhere)], found.OrderBy(workflow => workflow.EnvironmentId));
    }

    private static TriggeredWorkflow Shown(Workflow row) =>
        new(row.EnvironmentId, row.Identifier, row.Id, row.OrganizationId, row.VersionId, row.Active);
}
