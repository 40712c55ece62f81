using Carillon.Data.Changes;
using Carillon.Data.ChatOAuth;
using Carillon.Data.Environments;
using Carillon.Data.Feeds;
using Carillon.Data.Idempotency;
using Carillon.Data.Integrations;
using Carillon.Data.Layouts;
using Carillon.Data.Mail;
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
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Carillon.Data.Mapping;

/// <summary>Keys, indexes and document columns of the tables that requests read and write.</summary>
internal static class Tables
{
    private const string NotDeleted = "deleted_at IS NULL";
    private const string Pending = "NOT enabled";
    private const string Applied = "enabled";

    public static void Map(ModelBuilder model)
    {
        model.Entity<ApiKey>(Map);
        model.Entity<AppEnvironment>(Map);
        model.Entity<Change>(Map);
        model.Entity<ConsumedState>(Map);
        model.Entity<EventEndpoint>(Map);
        model.Entity<Feed>(Map);
        model.Entity<IdempotencyRecord>(Map);
        model.Entity<IncomingMail>(Map);
        model.Entity<Integration>(Map);
        model.Entity<Layout>(Map);
        model.Entity<Member>(Map);
        model.Entity<NotificationGroup>(Map);
        model.Entity<Organization>(Map);
        model.Entity<SocketNode>(Map);
        model.Entity<OutgoingMail>(Map);
        model.Entity<PasswordReset>(Map);
        model.Entity<Subscriber>(Map);
        model.Entity<SubscriberChannel>(Map);
        model.Entity<SubscriberPreference>(Map);
        model.Entity<SubscriberPresence>(Map);
        model.Entity<Tenant>(Map);
        model.Entity<Topic>(Map);
        model.Entity<TopicSubscriber>(Map);
        model.Entity<User>(Map);
        model.Entity<Workflow>(Map);
        model.Entity<WorkflowOverride>(Map);
        model.Entity<WorkflowPreference>(Map);
        model.Entity<WorkflowUse>(Map);
        model.Entity<WorkflowVersion>(Map);
    }

    private static void Map(EntityTypeBuilder<ApiKey> table)
    {
        table.HasIndex(key => key.Hash).IsUnique();
        table.HasIndex(key => key.EnvironmentId);
    }

    private static void Map(EntityTypeBuilder<AppEnvironment> table)
    {
        table.HasIndex(environment => environment.Identifier).IsUnique();
        table.HasIndex(environment => environment.OrganizationId);

        // What is published goes to one place.
        table.HasIndex(environment => environment.ParentId).IsUnique();
        table.Property(environment => environment.Settings).AsJson();
        table.Property(environment => environment.Outlets).AsJson();
    }

    private static void Map(EntityTypeBuilder<Change> table)
    {
        // Of two who change a thing for the first time since it was published, the second must find the first's change.
        table.HasIndex(change => new { change.EnvironmentId, change.EntityId, change.Type }, "ix_changes_pending").IsUnique().HasFilter(Pending);
        table.HasIndex(change => new { change.EnvironmentId, change.EntityId, change.Type }, "ix_changes_applied").HasFilter(Applied);
        table.HasIndex(change => new { change.EnvironmentId, change.Enabled, change.CreatedAt, change.Id }).HasFilter("parent_id IS NULL");
        table.HasIndex(change => change.ParentId);
        table.Property(change => change.State).AsJson();
    }

    private static void Map(EntityTypeBuilder<ConsumedState> table)
    {
        table.HasKey(state => state.Nonce);
        table.HasIndex(state => state.ExpiresAt);
    }

    private static void Map(EntityTypeBuilder<EventEndpoint> table)
    {
        table.HasIndex(endpoint => new { endpoint.EnvironmentId, endpoint.CreatedAt, endpoint.Id });
        table.Property(endpoint => endpoint.Types).AsJson();
    }

    private static void Map(EntityTypeBuilder<Feed> table)
    {
        table.HasIndex(feed => new { feed.EnvironmentId, feed.Name }).IsUnique().HasFilter(NotDeleted);
        table.HasIndex(feed => feed.ParentId);
    }

    private static void Map(EntityTypeBuilder<IdempotencyRecord> table)
    {
        table.HasKey(record => new { record.EnvironmentId, record.Route, record.Key });
        table.HasIndex(record => record.ExpiresAt);
    }

    private static void Map(EntityTypeBuilder<IncomingMail> table) => table.HasIndex(mail => mail.DueAt);

    private static void Map(EntityTypeBuilder<Integration> table)
    {
        table.HasIndex(integration => new { integration.OrganizationId, integration.Identifier }).IsUnique().HasFilter(NotDeleted);
        table.HasIndex(integration => integration.EnvironmentId);
        table.Property(integration => integration.Conditions).AsJson();
    }

    private static void Map(EntityTypeBuilder<Layout> table)
    {
        table.HasIndex(layout => new { layout.EnvironmentId, layout.Identifier }).IsUnique().HasFilter(NotDeleted);
        table.HasIndex(layout => layout.EnvironmentId, "ix_layouts_default").IsUnique().HasFilter($"is_default AND {NotDeleted}");
        table.HasIndex(layout => new { layout.EnvironmentId, layout.CreatedAt, layout.Id }).HasFilter(NotDeleted);
        table.HasIndex(layout => layout.ParentId);
        table.Property(layout => layout.Variables).AsJson();
    }

    private static void Map(EntityTypeBuilder<Member> table)
    {
        table.HasIndex(member => new { member.OrganizationId, member.UserId }).IsUnique();
        table.HasIndex(member => member.UserId);
        table.HasIndex(member => member.InviteToken).IsUnique();
        table.HasIndex(member => new { member.OrganizationId, member.InviteEmail }).IsUnique();
        table.Property(member => member.Roles).AsJson();
        table.Property(member => member.Invite).AsJson();
    }

    private static void Map(EntityTypeBuilder<NotificationGroup> table) => table.HasIndex(group => group.EnvironmentId);

    private static void Map(EntityTypeBuilder<Organization> table)
    {
        table.Property(organization => organization.Branding).AsJson();
        table.Property(organization => organization.Language).AsJson();
        table.Property(organization => organization.ProductUseCases).AsJson();
    }

    private static void Map(EntityTypeBuilder<OutgoingMail> table) => table.HasIndex(mail => mail.DueAt);

    private static void Map(EntityTypeBuilder<PasswordReset> table)
    {
        table.HasIndex(reset => reset.Hash).IsUnique();
        table.HasIndex(reset => reset.UserId);
    }

    private static void Map(EntityTypeBuilder<SocketNode> table) => table.HasKey(node => node.Id);

    private static void Map(EntityTypeBuilder<Subscriber> table)
    {
        table.HasIndex(subscriber => new { subscriber.EnvironmentId, subscriber.ExternalId }).IsUnique();
        table.HasIndex(subscriber => new { subscriber.EnvironmentId, subscriber.Id }).HasFilter(NotDeleted);
        table.HasIndex(subscriber => new { subscriber.EnvironmentId, subscriber.Email });
        table.Property(subscriber => subscriber.Data).AsJson();
    }

    private static void Map(EntityTypeBuilder<SubscriberChannel> table)
    {
        table.HasKey(channel => new { channel.SubscriberId, channel.IntegrationId });

        // Device tokens are added to what is there: of two who do so at once, the second must see what the first added.
        table.Property(channel => channel.Cipher).IsConcurrencyToken();
    }

    private static void Map(EntityTypeBuilder<Tenant> table)
    {
        table.HasIndex(tenant => new { tenant.EnvironmentId, tenant.Identifier }).IsUnique();
        table.HasIndex(tenant => new { tenant.EnvironmentId, tenant.CreatedAt, tenant.Id });
        table.Property(tenant => tenant.Data).AsJson();
    }

    private static void Map(EntityTypeBuilder<SubscriberPreference> table) =>
        table.HasKey(preference => new { preference.Bucket, preference.SubscriberId, preference.WorkflowId });

    private static void Map(EntityTypeBuilder<SubscriberPresence> table)
    {
        table.HasKey(presence => new { presence.SubscriberId, presence.NodeId });
        table.HasIndex(presence => presence.NodeId);
    }

    private static void Map(EntityTypeBuilder<Topic> table)
    {
        table.HasIndex(topic => new { topic.EnvironmentId, topic.Key }).IsUnique();
        table.HasIndex(topic => new { topic.EnvironmentId, topic.CreatedAt, topic.Id });
        table.HasIndex(topic => new { topic.EnvironmentId, topic.Id });
    }

    private static void Map(EntityTypeBuilder<TopicSubscriber> table)
    {
        table.HasKey(member => new { member.TopicId, member.SubscriberId });
        table.HasIndex(member => new { member.TopicId, member.Id });
        table.HasIndex(member => member.SubscriberId);
    }

    private static void Map(EntityTypeBuilder<User> table) => table.HasIndex(user => user.Email).IsUnique();

    private static void Map(EntityTypeBuilder<Workflow> table)
    {
        table.HasIndex(workflow => new { workflow.EnvironmentId, workflow.Identifier }).IsUnique().HasFilter(NotDeleted);
        table.HasIndex(workflow => new { workflow.EnvironmentId, workflow.Id });
        table.HasIndex(workflow => new { workflow.EnvironmentId, workflow.CreatedAt, workflow.Id }).HasFilter(NotDeleted);
        table.HasIndex(workflow => workflow.ParentId);
        table.Property(workflow => workflow.Tags).AsJson();
        table.Property(workflow => workflow.PreferenceSettings).AsJson();
        table.Property(workflow => workflow.Data).AsJson();
    }

    private static void Map(EntityTypeBuilder<WorkflowOverride> table)
    {
        table.HasIndex(one => new { one.EnvironmentId, one.WorkflowId, one.TenantId });
        table.HasIndex(one => new { one.EnvironmentId, one.CreatedAt, one.Id });
        table.HasIndex(one => one.TenantId);
        table.Property(one => one.PreferenceSettings).AsJson();
    }

    private static void Map(EntityTypeBuilder<WorkflowUse> table)
    {
        table.HasKey(use => new { use.WorkflowId, use.UsedId });
        table.HasIndex(use => new { use.EnvironmentId, use.UsedId });
    }

    private static void Map(EntityTypeBuilder<WorkflowPreference> table)
    {
        table.HasIndex(preference => preference.WorkflowId).IsUnique();
        table.Property(preference => preference.Channels).AsJson();
    }

    private static void Map(EntityTypeBuilder<WorkflowVersion> table)
    {
        table.HasIndex(version => version.WorkflowId);
        table.HasIndex(version => new { version.EnvironmentId, version.Channels });
        table.Ignore(version => version.ActiveSteps);
        table.Ignore(version => version.AllSteps);
        table.Ignore(version => version.UsedIds);
        table.Property(version => version.Channels).UsePropertyAccessMode(PropertyAccessMode.PreferFieldDuringConstruction);
        table.Property(version => version.Tags).AsJson();
        table.Property(version => version.PreferenceSettings).AsJson();
        table.Property(version => version.Steps).AsJson();
        table.Property(version => version.Trigger).AsJson();
    }
}
