using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Data.Messages;
using Carillon.Data.Subscribers;
using Carillon.Data.Topics;
using Carillon.Data.Workflows;
using Microsoft.Extensions.Time.Testing;

namespace Carillon.Contract.Execution;

/// <summary>Rows with every column filled in that a test does not care about.</summary>
internal sealed class SampleRows(DateTimeOffset now)
{
    public const string Workflow = "cccccccccccccccccccccccc";
    public const string Version = "dddddddddddddddddddddddd";
    private const string Organization = "eeeeeeeeeeeeeeeeeeeeeeee";

    private readonly Ids _ids = new(new FakeTimeProvider(now));

    /// <summary>An id that was made then, in that bucket.</summary>
    public static string IdAt(DateTimeOffset then, byte bucket = 7) => new Ids(new FakeTimeProvider(then)).New(bucket);

    public string Id(byte bucket = 7) => _ids.New(bucket);

    public Workflow WorkflowNamed(string environmentId, string identifier, bool active = true) => new()
    {
        Id = Id(),
        EnvironmentId = environmentId,
        OrganizationId = Organization,
        CreatorId = Organization,
        NotificationGroupId = Organization,
        Name = identifier,
        Identifier = identifier,
        Active = active,
        VersionId = Id(),
        CreatedAt = now,
        UpdatedAt = now,
    };

    public Event Event(
        string environmentId,
        string? transactionId = null,
        DateTimeOffset? dueAt = null,
        string? id = null,
        EventStatus status = EventStatus.Pending,
        DateTimeOffset? createdAt = null) => new()
        {
            Id = id ?? Id(),
            EnvironmentId = environmentId,
            OrganizationId = Organization,
            GivenTransactionId = transactionId,
            WorkflowId = Workflow,
            VersionId = Version,
            Recipients = """{"to":["ada"]}""",
            Content = """{"payload":{"text":"grüße 🎉"}}""",
            Status = status,
            DueAt = dueAt ?? now,
            CreatedAt = createdAt ?? now,
        };

    public Run Run(Event e, string? subscriberId = null, DateTimeOffset? dueAt = null, byte bucket = 7, string? id = null, bool large = false) => new()
    {
        Bucket = bucket,
        Id = id ?? Id(bucket),
        EnvironmentId = e.EnvironmentId,
        EventId = e.Id,
        SubscriberId = subscriberId ?? Id(bucket),
        WorkflowId = Workflow,
        VersionId = Version,
        States = "pp",
        Trace = Trace.Empty,
        Large = large,
        DueAt = dueAt ?? now,
        CreatedAt = now,
        UpdatedAt = now,
    };

    public Message Message(Run run, string channel = "in_app", string? id = null, string? identifier = "vendor-1") => new()
    {
        Bucket = run.Bucket,
        Id = id ?? Id((byte)run.Bucket),
        EnvironmentId = run.EnvironmentId,
        SubscriberId = run.SubscriberId,
        RunId = run.Id,
        EventId = run.EventId,
        WorkflowId = run.WorkflowId,
        VersionId = run.VersionId,
        Step = 1,
        Channel = channel,
        ProviderId = "novu",
        Title = "title",
        Subject = "subject",
        Content = "content 🎉",
        Cta = """{"type":"redirect"}""",
        FeedId = Id(),
        ActorId = Id(),
        Email = "ada@example.test",
        Phone = "+4912345",
        Status = Data.Messages.Message.Sent,
        ErrorId = "error-id",
        ErrorText = "error text",
        Identifier = identifier,
        Seen = true,
        CreatedAt = now,
        UpdatedAt = now,
    };

    public Subscriber Subscriber(string environmentId, string externalId, string? firstName = null, string? id = null) => new()
    {
        Id = id ?? Id(Buckets.Of(environmentId, externalId)),
        EnvironmentId = environmentId,
        OrganizationId = Organization,
        ExternalId = externalId,
        FirstName = firstName,
        CreatedAt = now,
        UpdatedAt = now,
    };

    public TopicSubscriber Member(string topicId, Subscriber subscriber) => new()
    {
        Id = Id(),
        TopicId = topicId,
        SubscriberId = subscriber.Id,
        EnvironmentId = subscriber.EnvironmentId,
        CreatedAt = now,
    };

    /// <summary>The progress of a claimed event whose recipients are all served.</summary>
    public static EventProgress Expanded(Event e) => new(
        e.EnvironmentId, e.Id, e.LeaseToken!.Value, Keep: false, EventStatus.Expanded, Cursor: null, DueAt: null, RunsAdded: 0,
        Problems: null, Attempt: 0);
}
