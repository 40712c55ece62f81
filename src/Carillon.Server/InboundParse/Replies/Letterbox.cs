using System.Net;
using System.Threading.RateLimiting;
using Carillon.Data;
using Carillon.Data.Mail;
using Carillon.Engine.Emails;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.InboundParse.Replies;

/// <summary>An address of ours that somebody writes to, and the message that they answer.</summary>
internal sealed record Addressee(string Address, string EnvironmentId, string MessageId, string RunId, short Step);

/// <summary>From whom a mail is, for whom, and who brought it.</summary>
internal sealed record Envelope(string Sender, IReadOnlyList<Addressee> To, IPAddress BroughtBy);

/// <summary>What there is to be found at an address.</summary>
internal abstract record LookUp
{
    public sealed record Known(Addressee Addressee) : LookUp;

    public sealed record Unknown : LookUp;

    /// <summary>Somebody will be there, or could not be looked for.</summary>
    public sealed record NotNow : LookUp;
}

/// <summary>Takes answers in: whose address it is, and the mail itself into the database.</summary>
internal sealed class Letterbox(Database database, ReplyAddresses addresses, ReplyPost post, Ids ids, TimeProvider clock) : IDisposable
{
    private const int MailsAtOnce = 8;

    // A message is written when its mail has been sent, and some answer faster than that.
    private static readonly TimeSpan MessageIsComing = TimeSpan.FromHours(1);

    private readonly ConcurrencyLimiter _room = new(new() { PermitLimit = MailsAtOnce, QueueLimit = 0 });

    /// <summary>Room for one mail in memory.</summary>
    public RateLimitLease MakeRoom() => _room.AttemptAcquire();

    public async Task<LookUp> FindAsync(string address, CancellationToken ct)
    {
        if (address.Split('@') is not [var mailbox, var domain] || addresses.MessageIn(mailbox) is not { } messageId) return new LookUp.Unknown();

        try
        {
            return await FindAsync(address, messageId, domain, ct);
        }
        catch (Exception e) when (Outage.Is(e))
        {
            return new LookUp.NotNow();
        }
    }

    /// <summary>False when it could not be kept, and somebody else should have it a while longer.</summary>
    public async Task<bool> KeepAsync(Envelope envelope, byte[] content, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var db = database.Open(new CurrentEnvironment());
        db.AddRange(envelope.To.Select(to => new IncomingMail
        {
            Id = ids.New(),
            EnvironmentId = to.EnvironmentId,
            MessageId = to.MessageId,
            RunId = to.RunId,
            Step = to.Step,
            Sender = envelope.Sender,
            Recipient = to.Address,
            BroughtBy = envelope.BroughtBy.ToString(),
            Content = content,
            DueAt = now,
            CreatedAt = now,
        }));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (Exception e) when (Outage.Is(e))
        {
            return false;
        }

        post.Wake();
        return true;
    }

    public void Dispose() => _room.Dispose();

    // Whose message it is, the message says: the address is all that a mail server knows.
    private async Task<LookUp> FindAsync(string address, string messageId, string domain, CancellationToken ct)
    {
        var bucket = (short)Ids.BucketOf(messageId);
        await using var db = database.Open(new CurrentEnvironment());
        var found = await db.Messages.IgnoreQueryFilters().AsNoTracking()
            .Where(message => message.Bucket == bucket && message.Id == messageId)
            .Join(
                db.Environments, message => message.EnvironmentId, environment => environment.Id,
                (message, environment) => new { message.EnvironmentId, message.RunId, message.Step, environment.Settings })
            .SingleOrDefaultAsync(ct);
        if (found is null) return clock.GetUtcNow() - Ids.TimeOf(messageId) < MessageIsComing ? new LookUp.NotNow() : new LookUp.Unknown();

        return string.Equals(found.Settings.InboundParseDomain, domain, StringComparison.OrdinalIgnoreCase)
            ? new LookUp.Known(new(address, found.EnvironmentId, messageId, found.RunId, found.Step))
            : new LookUp.Unknown();
    }
}
