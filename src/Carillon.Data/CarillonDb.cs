using System.Linq.Expressions;
using Carillon.Data.Changes;
using Carillon.Data.ChatOAuth;
using Carillon.Data.Environments;
using Carillon.Data.Execution;
using Carillon.Data.Feeds;
using Carillon.Data.Idempotency;
using Carillon.Data.Integrations;
using Carillon.Data.Layouts;
using Carillon.Data.Mail;
using Carillon.Data.Mapping;
using Carillon.Data.Messages;
using Carillon.Data.Organizations;
using Carillon.Data.Outgoing;
using Carillon.Data.Preferences;
using Carillon.Data.Realtime;
using Carillon.Data.Subscribers;
using Carillon.Data.Tenants;
using Carillon.Data.Topics;
using Carillon.Data.Users;
using Carillon.Data.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Data;

/// <summary>
/// Every table. Rows of another environment, and rows marked as deleted, are filtered out by the model itself:
/// forgetting to must be impossible rather than discouraged. The filters are named after what they hide.
/// </summary>
public abstract class CarillonDb(DbContextOptions options) : DbContext(options)
{
    public const string EnvironmentFilter = "environment";
    public const string DeletedFilter = "deleted";

    private CurrentEnvironment _environment = new();

    /// <summary>The environment that it sees. Read by the filter on every query, so that it follows the environment of this context.</summary>
    public string EnvironmentId => _environment.IdOrNone;

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();
    public DbSet<AppEnvironment> Environments => Set<AppEnvironment>();
    public DbSet<Attachment> Attachments => Set<Attachment>();
    public DbSet<Change> Changes => Set<Change>();
    public DbSet<ConsumedState> ConsumedStates => Set<ConsumedState>();
    public DbSet<Digest> Digests => Set<Digest>();
    public DbSet<DigestArrival> DigestArrivals => Set<DigestArrival>();
    public DbSet<Event> Events => Set<Event>();
    public DbSet<EventEndpoint> EventEndpoints => Set<EventEndpoint>();
    public DbSet<Feed> Feeds => Set<Feed>();
    public DbSet<IdempotencyRecord> IdempotencyRecords => Set<IdempotencyRecord>();
    public DbSet<IncomingMail> IncomingMails => Set<IncomingMail>();
    public DbSet<Integration> Integrations => Set<Integration>();
    public DbSet<Layout> Layouts => Set<Layout>();
    public DbSet<Member> Members => Set<Member>();
    public DbSet<Message> Messages => Set<Message>();
    public DbSet<MessageReport> MessageReports => Set<MessageReport>();
    public DbSet<NotificationGroup> NotificationGroups => Set<NotificationGroup>();
    public DbSet<Organization> Organizations => Set<Organization>();
    public DbSet<OutgoingEvent> OutgoingEvents => Set<OutgoingEvent>();
    public DbSet<OutgoingMail> OutgoingMails => Set<OutgoingMail>();
    public DbSet<PasswordReset> PasswordResets => Set<PasswordReset>();
    public DbSet<ReportCount> ReportCounts => Set<ReportCount>();
    public DbSet<Run> Runs => Set<Run>();
    public DbSet<SocketNode> SocketNodes => Set<SocketNode>();
    public DbSet<Subscriber> Subscribers => Set<Subscriber>();
    public DbSet<SubscriberChannel> SubscriberChannels => Set<SubscriberChannel>();
    public DbSet<SubscriberPreference> SubscriberPreferences => Set<SubscriberPreference>();
    public DbSet<SubscriberPresence> SubscriberPresences => Set<SubscriberPresence>();
    public DbSet<Tenant> Tenants => Set<Tenant>();
    public DbSet<Topic> Topics => Set<Topic>();
    public DbSet<TopicSubscriber> TopicSubscribers => Set<TopicSubscriber>();
    public DbSet<User> Users => Set<User>();
    public DbSet<Workflow> Workflows => Set<Workflow>();
    public DbSet<WorkflowOverride> WorkflowOverrides => Set<WorkflowOverride>();
    public DbSet<WorkflowPreference> WorkflowPreferences => Set<WorkflowPreference>();
    public DbSet<WorkflowUse> WorkflowUses => Set<WorkflowUse>();
    public DbSet<WorkflowVersion> WorkflowVersions => Set<WorkflowVersion>();

    /// <summary>
    /// After every commit, of a single save and of a transaction with several: before it, nobody else sees what was written. What is not
    /// saved through this context does not count.
    /// </summary>
    public event Action? Committed;

    internal void TellCommitted() => Committed?.Invoke();

    /// <summary>Contexts are used again: whoever gets one sees the own environment, and hears of the own commits.</summary>
    internal CarillonDb For(CurrentEnvironment environment)
    {
        (_environment, Committed) = (environment, null);
        return this;
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantConverter>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        Tables.Map(modelBuilder);
        HotTables.Map(modelBuilder);
        modelBuilder.UseSnakeCase();
        foreach (var entity in modelBuilder.Model.GetEntityTypes().Select(e => e.ClrType).ToList())
        {
            if (entity.IsAssignableTo(typeof(IEnvironmentOwned)))
                modelBuilder.Entity(entity).HasQueryFilter(EnvironmentFilter, OwnedByCurrentEnvironment(entity));
            if (entity.IsAssignableTo(typeof(ISoftDeleted)))
                modelBuilder.Entity(entity).HasQueryFilter(DeletedFilter, NotDeleted(entity));
        }
    }

    private LambdaExpression OwnedByCurrentEnvironment(Type entity)
    {
        var row = Expression.Parameter(entity, "row");
        var owner = Expression.Property(row, nameof(IEnvironmentOwned.EnvironmentId));
        var current = Expression.Property(Expression.Constant(this, typeof(CarillonDb)), nameof(EnvironmentId));
        return Expression.Lambda(Expression.Equal(owner, current), row);
    }

    private static LambdaExpression NotDeleted(Type entity)
    {
        var row = Expression.Parameter(entity, "row");
        var deletedAt = Expression.Property(row, nameof(ISoftDeleted.DeletedAt));
        return Expression.Lambda(Expression.Equal(deletedAt, Expression.Constant(null, typeof(DateTimeOffset?))), row);
    }
}
