using Carillon.Data.Execution;
using Carillon.Data.Messages;
using Carillon.Data.Outgoing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Carillon.Data.Mapping;

/// <summary>
/// The tables the engine writes by the thousand. Each index here is paid for on every row: it must serve a claim,
/// a look-up that the API promises, or the uniqueness that makes a repeat harmless.
/// </summary>
internal static class HotTables
{
    private const string IsDue = "due_at IS NOT NULL";
    private const string NotDeleted = "deleted_at IS NULL";

    public static void Map(ModelBuilder model)
    {
        model.Entity<Attachment>().HasKey(file => new { file.EventId, file.Ordinal, file.Part });
        model.Entity<Digest>(Map);
        model.Entity<DigestArrival>(Map);
        model.Entity<Event>(Map);
        model.Entity<Run>(Map);
        model.Entity<Message>(Map);
        model.Entity<MessageReport>(Map);
        model.Entity<OutgoingEvent>(Map);
        model.Entity<ReportCount>(table => table.HasKey(count =>
            new { count.EnvironmentId, count.Day, count.Channel, count.ProviderId, count.Status }));
    }

    private static void Map(EntityTypeBuilder<Digest> table)
    {
        table.HasKey(digest => new { digest.Bucket, digest.Id });

        // One open window for each place: whoever comes second finds it instead of opening another.
        table.HasIndex(digest => new { digest.Bucket, digest.EnvironmentId, digest.WorkflowId, digest.StepId, digest.SubscriberId, digest.Key })
            .IsUnique().HasDatabaseName("ix_digests_open").HasFilter("open");
        table.HasIndex(digest => new { digest.Bucket, digest.IntoId }).HasFilter("into_id IS NOT NULL");
    }

    private static void Map(EntityTypeBuilder<DigestArrival> table)
    {
        table.HasKey(arrival => new { arrival.Bucket, arrival.EnvironmentId, arrival.WorkflowId, arrival.StepId, arrival.SubscriberId, arrival.Key });
        table.HasIndex(arrival => arrival.ExpiresAt);
    }

    private static void Map(EntityTypeBuilder<Event> table)
    {
        table.Ignore(e => e.Attachments);
        table.HasIndex(e => new { e.EnvironmentId, e.GivenTransactionId }).IsUnique().HasFilter("given_transaction_id IS NOT NULL");

        // Line by line, environment by environment: a claim walks over the few environments that have anything to expand.
        table.Property(e => e.Large).HasDefaultValue(false);
        table.HasIndex(e => new { e.Large, e.EnvironmentId, e.DueAt }).HasFilter(IsDue);
    }

    private static void Map(EntityTypeBuilder<Run> table)
    {
        table.HasKey(run => new { run.Bucket, run.Id });

        // Serves three: no recipient twice, the activity feed (events sort by age), and the runs of one transaction.
        table.HasIndex(run => new { run.EnvironmentId, run.EventId, run.SubscriberId }).IsUnique();
        table.HasIndex(run => run.SubscriberId);
        table.Property(run => run.Large).HasDefaultValue(false);
        table.HasIndex(run => run.DueAt).HasFilter(IsDue);

        // For when more is due than is taken at once, and environments take turns.
        table.HasIndex(run => new { run.EnvironmentId, run.Large, run.DueAt }).HasFilter(IsDue);
        table.HasIndex(run => new { run.Bucket, run.DigestId }).HasFilter("digest_id IS NOT NULL");
    }

    private static void Map(EntityTypeBuilder<Message> table)
    {
        table.HasKey(message => new { message.Bucket, message.Id });
        table.HasIndex(message => new { message.EnvironmentId, message.Id }).HasFilter(NotDeleted);

        // By the vendor's name for it, which is all that its reports carry. Messages that left no process have none.
        table.HasIndex(message => new { message.EnvironmentId, message.Identifier }).HasFilter("identifier IS NOT NULL");

        // Newest first: an inbox, and what somebody was sent.
        table.HasIndex(message => new { message.SubscriberId, message.CreatedAt, message.Id });

        // Serves both counts that inboxes show, without a look at the rows. By the subscriber first: who asks for many at once names no
        // environment, so that no planner, however little it knows of the table yet, can look through an environment for each.
        table.HasIndex(message => new { message.SubscriberId, message.Seen, message.Read, message.EnvironmentId }, "ix_messages_unseen_or_unread")
            .HasFilter("(NOT seen OR NOT read) AND channel = 'in_app' AND deleted_at IS NULL");
    }

    private static void Map(EntityTypeBuilder<MessageReport> table)
    {
        table.HasKey(report => new { report.Bucket, report.MessageId, report.Fingerprint });
        table.HasIndex(report => new { report.Bucket, report.RunId });
    }

    private static void Map(EntityTypeBuilder<OutgoingEvent> table)
    {
        // Endpoint by endpoint, because one that does not answer must not stand before the others.
        table.HasIndex(e => new { e.EndpointId, e.DueAt }).HasFilter(IsDue);
        table.HasIndex(e => new { e.EnvironmentId, e.EndpointId, e.Id });
    }
}
