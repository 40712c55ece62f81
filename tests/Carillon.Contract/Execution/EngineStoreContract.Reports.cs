using Carillon.Data.Execution;
using Carillon.Data.Messages;
using Carillon.Data.Preferences;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Contract.Execution;

public abstract partial class EngineStoreContract
{
    [Fact]
    public async Task Reported_messages_are_found_by_the_vendors_name_in_their_environment()
    {
        var (here, elsewhere) = (Mail("<1@vendor>"), Mail("<1@vendor>", Elsewhere));
        await InsertAsync(here, elsewhere, Mail("<2@vendor>"), Mail(null));

        var found = await Store.ReportedMessagesAsync(Here, "novu", ["<1@vendor>", "<1@vendor>", "unknown"], Ct);

        Assert.Equal(here.Id, Assert.Single(found).Id);
        Assert.Empty(await Store.ReportedMessagesAsync(Here, "another", ["<1@vendor>"], Ct));
    }

    [Fact]
    public async Task A_report_is_written_once_and_a_message_never_goes_back()
    {
        var (one, other) = (Mail("1"), Mail("2"));
        await InsertAsync(one, other);

        var first = await Store.SaveReportsAsync([Report(one, 40, "a"), Report(one, 20, "b"), Report(one, 20, "b"), Report(other, 10, "a")], Ct);
        var again = await Store.SaveReportsAsync([Report(one, 40, "a"), Report(one, 10, "c")], Ct);

        Assert.Equal(3, first.Count);
        Assert.Equal("c", Assert.Single(again).Report.Fingerprint);
        await using var db = database.Database.Open(Here);
        Assert.Equal([40, 10], await db.Messages.OrderBy(message => message.Identifier).Select(message => (int)message.Delivery!).ToListAsync(Ct));
        Assert.Equal(4, await db.MessageReports.CountAsync(Ct));
        Assert.Equal(
            ["10 2", "20 1", "40 1"],
            (await db.ReportCounts.OrderBy(count => count.Status).ToListAsync(Ct)).Select(count => $"{count.Status} {count.Reports}"));
    }

    [Fact]
    public async Task A_refusal_is_the_subscribers_word_about_that_channel_and_leaves_the_others()
    {
        var (said, silent) = (Mail("1"), Mail("2"));
        await InsertAsync(said, silent, new SubscriberPreference
        {
            Bucket = said.Bucket, SubscriberId = said.SubscriberId, WorkflowId = said.WorkflowId, EnvironmentId = Here, Email = true, Sms = true,
            CreatedAt = Now, UpdatedAt = Now,
        });

        await Store.SaveReportsAsync([Report(said, 70, "a", isRefusal: true), Report(said, 71, "b", isRefusal: true), Report(silent, 60, "a", isRefusal: true)], Ct);

        await using var db = database.Database.Open(Here);
        var preferences = await db.SubscriberPreferences.ToDictionaryAsync(preference => preference.SubscriberId, Ct);
        Assert.Equal((false, true, null), (preferences[said.SubscriberId].Email, preferences[said.SubscriberId].Sms, preferences[said.SubscriberId].Push));
        Assert.Equal((false, null), (preferences[silent.SubscriberId].Email, preferences[silent.SubscriberId].Sms));
    }

    [Fact]
    public async Task Batches_that_overlap_end_without_waiting_for_each_other_in_a_circle()
    {
        Message[] messages = [.. Enumerable.Range(0, 40).Select(i => Mail($"{i}"))];
        await InsertAsync([.. messages]);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Store.SaveReportsAsync(
            [.. (i % 2 == 0 ? messages : messages.Reverse()).Select(message => Report(message, (short)(10 + i), $"{i / 4}", isRefusal: true))], Ct))));

        Assert.Equal(80, await CountAsync<MessageReport>());
    }

    [Fact]
    public async Task Reports_go_with_their_run()
    {
        var (e, runs) = await ExpandedEventAsync(1);
        Assert.NotNull(e);
        var kept = _rows.Message(runs[0], "email", SampleRows.IdAt(Old));
        var gone = _rows.Message(EndedRun(Old, RunStatus.Finished), "email", SampleRows.IdAt(Old));
        await InsertAsync(ReportRow(kept, 10, "a", Old), ReportRow(gone, 10, "a", Old), ReportRow(gone, 20, "b", Now));

        Assert.Equal(1, await Store.PruneAsync(Horizon(), 100, Ct));

        Assert.Equal(2, await CountAsync<MessageReport>());
    }

    private Message Mail(string? identifier, string environmentId = Here) => _rows.Message(_rows.Run(_rows.Event(environmentId)), "email", identifier: identifier);

    private static IncomingReport Report(Message message, short status, string fingerprint, bool isRefusal = false) => new(
        ReportRow(message, status, fingerprint, Now),
        new(message.Bucket, message.Id, message.RunId, message.SubscriberId, message.WorkflowId, message.Step, message.Channel, message.Identifier!),
        isRefusal);

    private static MessageReport ReportRow(Message message, short status, string fingerprint, DateTimeOffset at) => new()
    {
        Bucket = message.Bucket, MessageId = message.Id, Fingerprint = fingerprint, EnvironmentId = message.EnvironmentId, RunId = message.RunId,
        Step = message.Step, ProviderId = message.ProviderId, Status = status, Response = "250 ok 🎉", Row = "{}", At = at, CreatedAt = at,
    };
}
