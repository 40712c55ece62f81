using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Data.Mail;
using Carillon.Data.Mapping;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.InboundParse.Replies;

/// <summary>How an answer ended, for the trace.</summary>
internal sealed record ReplyOutcome(bool IsPassedOn, int Attempts, string? Reason = null);

/// <summary>Notes in the trace of the message how its answer ended, and forgets the answer, in one transaction.</summary>
internal sealed class ReplyEnds(Database database, TimeProvider clock)
{
    /// <summary>False when the run is under way, so that its trace cannot be added to now.</summary>
    public async Task<bool> WriteAsync(IncomingMail mail, ReplyOutcome outcome, CancellationToken ct)
    {
        var bucket = (short)Ids.BucketOf(mail.RunId);
        await using var db = database.Open(mail.EnvironmentId);
        var run = await db.Runs.AsNoTracking().SingleOrDefaultAsync(run => run.Bucket == bucket && run.Id == mail.RunId, ct);

        await using var change = await db.Database.BeginTransactionAsync(ct);
        if (run is not null && !await NoteAsync(db, run, LineOf(mail, outcome, run), ct)) return false;

        await db.IncomingMails.Where(row => row.Id == mail.Id).ExecuteDeleteAsync(ct);
        await change.CommitAsync(ct);
        return true;
    }

    private static async Task<bool> NoteAsync(CarillonDb db, Run run, TraceLine line, CancellationToken ct)
    {
        var trace = Trace.Append(run.Trace, [line]);
        return await db.Runs
            .Where(row => row.Bucket == run.Bucket && row.Id == run.Id && row.LeaseToken == null && row.Trace == run.Trace)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.Trace, trace), ct) > 0;
    }

    private TraceLine LineOf(IncomingMail mail, ReplyOutcome outcome, Run run) => new(
        outcome.IsPassedOn ? Detail.ReplyPassedOn : Detail.ReplyNotPassedOn,
        mail.Step,
        (long)(clock.GetUtcNow() - run.CreatedAt).TotalMilliseconds,
        JsonColumn.Write(new { from = mail.Sender, attempts = outcome.Attempts, message = outcome.Reason }));
}
