using Carillon.Data;
using Carillon.Data.Mail;
using Carillon.Data.Mapping;
using Carillon.Data.Secrets;
using Carillon.Engine;
using Carillon.Providers;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Mail;

/// <summary>
/// Sends what was written. A mail that could not be sent is tried again, later each time, for a day. Of several nodes, the one
/// that first pushes on when it is due sends it.
/// </summary>
internal sealed partial class Postman(EngineRuntime engine, Database database, SecretBox box, SystemAccount account, ILogger<Postman> logger)
    : EngineLoop(engine, logger)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);
    private static readonly TimeSpan GivesUpAfter = TimeSpan.FromDays(1);

    private readonly EngineRuntime _engine = engine;

    private DateTimeOffset Now => _engine.Clock.GetUtcNow();

    protected override async Task<TimeSpan> TurnAsync(CancellationToken ct)
    {
        await using var db = database.Open(new CurrentEnvironment());
        var next = await db.OutgoingMails.AsNoTracking().OrderBy(mail => mail.DueAt).FirstOrDefaultAsync(ct);
        if (next is null || next.DueAt > Now) return RestUntil(next?.DueAt);

        if (await TakeAsync(db, next, ct)) await SendAsync(db, next, ct);
        return TimeSpan.Zero;
    }

    private async Task<bool> TakeAsync(CarillonDb db, OutgoingMail mail, CancellationToken ct)
    {
        var until = Now + Lease;
        var taken = await db.OutgoingMails
            .Where(row => row.Id == mail.Id && row.DueAt == mail.DueAt)
            .ExecuteUpdateAsync(row => row.SetProperty(due => due.DueAt, until).SetProperty(due => due.Attempts, mail.Attempts + 1), ct);
        return taken == 1;
    }

    private async Task SendAsync(CarillonDb db, OutgoingMail mail, CancellationToken ct)
    {
        var letter = JsonColumn.Read<Letter>(box.Open(Purpose.OutgoingMail, mail.Cipher));
        var result = await account.SendAsync(mail.Id, letter, ct);
        if (result is SendResult.Unavailable busy && Now - mail.CreatedAt < GivesUpAfter)
        {
            Log.Later(logger, mail.Id, busy.Reason);
            var due = Now + Pause(mail.Attempts);
            await db.OutgoingMails.Where(row => row.Id == mail.Id).ExecuteUpdateAsync(row => row.SetProperty(later => later.DueAt, due), ct);
            return;
        }

        if (Reason(result) is { } reason) Log.GivenUp(logger, mail.Id, reason);
        await db.OutgoingMails.Where(row => row.Id == mail.Id).ExecuteDeleteAsync(ct);
    }

    private static TimeSpan Pause(int attempts)
    {
        var pause = TimeSpan.FromSeconds(15 * Math.Pow(2, Math.Min(attempts, 10)));
        return pause < LongestPause ? pause : LongestPause;
    }

    private static string? Reason(SendResult result) => result switch
    {
        SendResult.Refused refused => refused.Reason,
        SendResult.Unavailable unavailable => unavailable.Reason,
        _ => null,
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The server's own mail {Mail} could not be sent and will be tried again: {Reason}.")]
        public static partial void Later(ILogger logger, string mail, string reason);

        [LoggerMessage(LogLevel.Error, "The server's own mail {Mail} was given up: {Reason}.")]
        public static partial void GivenUp(ILogger logger, string mail, string reason);
    }
}
