using System.Security.Cryptography;
using System.Text.Json;
using Carillon.Data;
using Carillon.Data.Environments;
using Carillon.Data.Execution;
using Carillon.Data.Integrations;
using Carillon.Data.Organizations;
using Carillon.Data.Secrets;
using Carillon.Data.Subscribers;
using Carillon.Data.Topics;
using Carillon.Data.Workflows;
using Carillon.Driving;
using Carillon.Engine.Running;
using Carillon.Engine.Templating;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Simulation;

/// <summary>
/// What is the same in every life: a database with one environment, its vendor, a topic and the workflows. A life leaves nothing behind,
/// so that the next one costs no migration.
/// </summary>
internal sealed class World : IAsyncDisposable
{
    public const string EnvironmentId = "5e0000000000000000000001";
    public const string Topic = "everybody";
    private const string OrganizationId = "5e0000000000000000000002";
    private const string TopicId = "5e0000000000000000000003";

    public static readonly IReadOnlyList<string> People = ["ann", "bob", "cid"];

    private static readonly DateTimeOffset Founded = new(2031, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SqliteConnection _keptAlive;
    private readonly ThrowAwayStore? _server;
    private readonly Database _rows;

    private World(SqliteConnection keptAlive, ThrowAwayStore? server)
    {
        (_keptAlive, _server, Facts) = (keptAlive, server, new(keptAlive.ConnectionString));
        _rows = server is null ? Facts : new(server.ConnectionString);
        (Store, Versions) = (_rows.OpenEngineStore(), new(Facts));
    }

    /// <summary>Where the engine reads what no life changes: always in memory, so that it is read in one turn.</summary>
    public Database Facts { get; }

    /// <summary>Where lives leave their rows.</summary>
    public IEngineStore Store { get; }

    /// <summary>Read once for all lives.</summary>
    public WorkflowVersions Versions { get; }

    /// <summary>Whether the store answers in the turn that asks.</summary>
    public bool IsEmbedded => _server is null;

    public MasterSecret Secret { get; } = new("a secret of nobody that is long enough");
    public Templates Templates { get; } = new();

    public static async Task<World> MakeAsync(StoreKind kind)
    {
        // Named as a file, because connections to what is plainly in memory are not kept: each would read the whole schema.
        var connection = new SqliteConnection($"Data Source=file:{RandomNumberGenerator.GetHexString(16)}?mode=memory&cache=shared");
        await connection.OpenAsync();
        var world = new World(connection, kind == StoreKind.Sqlite ? null : new ThrowAwayStore(kind));
        await world.PopulateAsync(world.Facts);
        if (!world.IsEmbedded) await world.PopulateAsync(world._rows);
        return world;
    }

    public CarillonDb Open() => _rows.Open(EnvironmentId);

    /// <summary>Removes what a life has left.</summary>
    public async Task ForgetAsync()
    {
        await using var db = Open();
        await db.Database.ExecuteSqlRawAsync("DELETE FROM events; DELETE FROM runs; DELETE FROM messages; DELETE FROM digests; DELETE FROM digest_arrivals;");
    }

    /// <summary>For the planted bug: gives these runs whatever claim holds them now.</summary>
    public async Task TakeOverAsync(IEnumerable<Run> runs)
    {
        await using var db = Open();
        foreach (var run in runs)
        {
            var held = await db.Runs.AsNoTracking().SingleAsync(row => row.Bucket == run.Bucket && row.Id == run.Id);
            if (held.LeaseToken is not null) run.LeaseToken = held.LeaseToken;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Facts.DisposeAsync();
        if (_server is not null)
        {
            await _rows.DisposeAsync();
            await _server.DisposeAsync();
        }

        SqliteConnection.ClearPool(_keptAlive);
        await _keptAlive.DisposeAsync();
    }

    private Task PopulateAsync(Database database) => database.PrepareAsync(
        async db =>
        {
            Populate(db);
            await db.SaveChangesAsync();
        },
        CancellationToken.None);

    private void Populate(CarillonDb db)
    {
        db.Add(new Organization { Id = OrganizationId, Name = "Simulation", CreatedAt = Founded, UpdatedAt = Founded });
        db.Add(new AppEnvironment
        {
            Id = EnvironmentId, OrganizationId = OrganizationId, Name = "Simulation", Identifier = "simulation", CreatedAt = Founded, UpdatedAt = Founded,
        });
        db.Add(new Integration
        {
            Id = "5e0000000000000000000004", EnvironmentId = EnvironmentId, OrganizationId = OrganizationId, ProviderId = Vendor.Id, Channel = "sms",
            Name = "Vendor", Identifier = "vendor", Cipher = new SecretBox(Secret).Seal(Purpose.IntegrationCredentials, "{}"), Active = true, Primary = true,
            CreatedAt = Founded, UpdatedAt = Founded,
        });
        db.Add(new Integration
        {
            Id = "5e0000000000000000000005", EnvironmentId = EnvironmentId, OrganizationId = OrganizationId, ProviderId = "novu", Channel = "in_app",
            Name = "Inbox", Identifier = "inbox", Cipher = new SecretBox(Secret).Seal(Purpose.IntegrationCredentials, "{}"), Active = true,
            CreatedAt = Founded, UpdatedAt = Founded,
        });
        db.Add(new Topic
        {
            Id = TopicId, EnvironmentId = EnvironmentId, OrganizationId = OrganizationId, Key = Topic, Name = Topic, CreatedAt = Founded, UpdatedAt = Founded,
        });
        foreach (var (number, person) in People.Index()) Add(db, number, person);
        foreach (var plan in Plan.All) Add(db, plan);
    }

    private static void Add(CarillonDb db, int number, string person)
    {
        var id = $"5e{number:x6}{Buckets.Of(EnvironmentId, person):x2}{number:x14}";
        db.Add(new Subscriber
        {
            Id = id, EnvironmentId = EnvironmentId, OrganizationId = OrganizationId, ExternalId = person, Phone = person, CreatedAt = Founded, UpdatedAt = Founded,
        });
        db.Add(new TopicSubscriber
        {
            Id = $"5f{number:x22}", TopicId = TopicId, SubscriberId = id, EnvironmentId = EnvironmentId, CreatedAt = Founded,
        });
    }

    private static void Add(CarillonDb db, Plan plan)
    {
        db.Add(new WorkflowVersion
        {
            Id = plan.VersionId, EnvironmentId = EnvironmentId, WorkflowId = plan.WorkflowId, Identifier = plan.Name, Name = plan.Name, Critical = false,
            Tags = [], PreferenceSettings = new(), Trigger = new() { Id = plan.WorkflowId, Identifier = plan.Name }, CreatedAt = Founded,
            Steps = [.. plan.Steps.Index().Select(step => StepOf(plan, step.Index, step.Item))],
        });
    }

    private static WorkflowStep StepOf(Plan plan, int index, PlannedStep step) => new()
    {
        Id = $"{plan.WorkflowId[..22]}{index + 16:x2}",
        Metadata = step.Metadata is null ? null : JsonSerializer.SerializeToElement(step.Metadata),
        Template = new() { Type = step.Type, Content = JsonSerializer.SerializeToElement(step.Says) },
    };
}
