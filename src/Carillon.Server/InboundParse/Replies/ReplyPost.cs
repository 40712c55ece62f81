using System.Diagnostics.CodeAnalysis;
using Carillon.Data;
using Carillon.Data.Mail;
using Carillon.Data.Mapping;
using Carillon.Engine;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.InboundParse.Replies;

/// <summary>
/// Passes answers on to the applications that wait for them. What does not arrive is tried again, later each time, for a day; then the
/// trace of the message says so. Of several nodes, the one that first pushes on when a mail is due has it.
/// </summary>
internal sealed partial class ReplyPost(
    EngineRuntime engine, Database database, ReplyCourier courier, ReplyEnds ends, ILogger<ReplyPost> logger) : EngineLoop(engine, logger)
{
    private const int AtOnce = 16;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);
    private static readonly TimeSpan GivesUpAfter = TimeSpan.FromDays(1);

    private readonly EngineRuntime _engine = engine;
    private int _inFlight;

    private DateTimeOffset Now => _engine.Clock.GetUtcNow();

    protected override async Task<TimeSpan> TurnAsync(CancellationToken ct)
    {
        var room = AtOnce - Volatile.Read(ref _inFlight);
        if (room <= 0) return _engine.Options.LongestRest;

        await using var db = database.Open(new CurrentEnvironment());
        var due = await db.IncomingMails.IgnoreQueryFilters([CarillonDb.EnvironmentFilter]).OrderBy(mail => mail.DueAt).Take(room)
            .Select(mail => new Due(mail.Id, mail.EnvironmentId, mail.DueAt)).ToListAsync(ct);
        if (due.Count == 0 || due[0].At > Now) return RestUntil(due.Count == 0 ? null : due[0].At);

        foreach (var one in due.Where(one => one.At <= Now))
        {
            if (await TakeAsync(one, ct) is { } mail) Start(mail, ct);
        }

        return TimeSpan.Zero;
    }

    private async Task<IncomingMail?> TakeAsync(Due due, CancellationToken ct)
    {
        var until = Now + Lease;
        await using var db = database.Open(due.EnvironmentId);
        var taken = await db.IncomingMails.Where(mail => mail.Id == due.Id && mail.DueAt == due.At)
            .ExecuteUpdateAsync(mail => mail.SetProperty(one => one.DueAt, until), ct);
        return taken == 0 ? null : await db.IncomingMails.AsNoTracking().SingleOrDefaultAsync(mail => mail.Id == due.Id, ct);
    }

    private void Start(IncomingMail mail, CancellationToken stop)
    {
        var busy = _engine.Activity.Begin();
        Interlocked.Increment(ref _inFlight);
        _ = Task.Run(DeliverAsync, CancellationToken.None);

        async Task DeliverAsync()
        {
            await TryAsync(mail, stop);
            Interlocked.Decrement(ref _inFlight);
            Wake();
            busy.Dispose();
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "One mail's surprise must not touch another's; its lease brings it back.")]
    private async Task TryAsync(IncomingMail mail, CancellationToken stop)
    {
        try
        {
            await PassOnAsync(mail, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        catch (Exception failure)
        {
            Log.Failed(logger, mail.Id, failure);
        }
    }

    private async Task PassOnAsync(IncomingMail mail, CancellationToken ct)
    {
        if (mail.Outcome is { } known)
        {
            await EndAsync(mail, JsonColumn.Read<ReplyOutcome>(known), ct);
            return;
        }

        switch (await courier.PassOnAsync(mail, ct))
        {
            case Passage.Over over:
                await EndAsync(mail, over.Outcome, ct);
                break;
            case Passage.Failed failed when Now - mail.CreatedAt >= GivesUpAfter:
                await EndAsync(mail, failed.Outcome, ct);
                break;
            case Passage.Failed failed:
                Log.Later(logger, mail.Id, failed.Outcome.Reason ?? "");
                await PostponeAsync(mail, failed.Pause > Pause(mail.Attempts) ? failed.Pause : Pause(mail.Attempts), mail.Attempts + 1, ct);
                break;
            case Passage.Busy busy:
                await PostponeAsync(mail, busy.Pause, mail.Attempts, ct);
                break;
        }
    }

    private async Task EndAsync(IncomingMail mail, ReplyOutcome outcome, CancellationToken ct)
    {
        if (await ends.WriteAsync(mail, outcome, ct)) return;

        // The run is under way and its trace with it. What has been passed on must not be so again meanwhile.
        var (text, due) = (JsonColumn.Write(outcome), Now + TimeSpan.FromSeconds(1));
        await using var db = database.Open(mail.EnvironmentId);
        await db.IncomingMails.Where(row => row.Id == mail.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.Outcome, text).SetProperty(one => one.DueAt, due), ct);
    }

    private async Task PostponeAsync(IncomingMail mail, TimeSpan pause, int attempts, CancellationToken ct)
    {
        var due = Now + pause;
        await using var db = database.Open(mail.EnvironmentId);
        await db.IncomingMails.Where(row => row.Id == mail.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.DueAt, due).SetProperty(one => one.Attempts, attempts), ct);
    }

    private static TimeSpan Pause(int attempts)
    {
        var pause = TimeSpan.FromSeconds(5 * Math.Pow(3, Math.Min(attempts, 10)));
        return pause < LongestPause ? pause : LongestPause;
    }

    private sealed record Due(string Id, string EnvironmentId, DateTimeOffset At);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The answer {Mail} could not be passed on and will be tried again: {Reason}.")]
        public static partial void Later(ILogger logger, string mail, string reason);

        [LoggerMessage(LogLevel.Error, "Passing on the answer {Mail} failed unexpectedly.")]
        public static partial void Failed(ILogger logger, string mail, Exception failure);
    }
}
