using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Data;
using Carillon.Data.Environments;
using Carillon.Data.Execution;
using Carillon.Data.Hints;
using Carillon.Data.Secrets;
using Carillon.Engine;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Carillon.Tests.Support;

/// <summary>
/// The whole server in this process, over a store of its own, with the seeded organization. HTTP in, JSON out.
/// </summary>
internal sealed class CarillonApp : WebApplicationFactory<Program>
{
    public const string TestSecret = "a secret for tests that is long enough";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly PrivateStore _store;
    private readonly TimeProvider? _clock;
    private readonly Action<IServiceCollection>? _services;
    private readonly Dictionary<string, string> _settings;
    private Seeded? _seeded;

    private CarillonApp(PrivateStore store, TimeProvider? clock, Action<IServiceCollection>? services, Dictionary<string, string> settings)
    {
        _store = store;
        _clock = clock;
        _services = services;
        _settings = settings;
    }

    /// <param name="listening">Behind a real socket, where it matters what a client of this process would tidy up on the way.</param>
    public static async Task<CarillonApp> StartAsync(
        Store store = Store.Sqlite,
        TimeProvider? clock = null,
        Action<IServiceCollection>? services = null,
        bool listening = false,
        params (string Name, string Value)[] settings)
    {
        var app = new CarillonApp(new(store), clock, services, settings.ToDictionary(s => s.Name, s => s.Value));
        if (listening) app.UseKestrel(0);
        app._seeded = await app.ReadSeedAsync();
        app.Api = app.WithKey(app._seeded.Key);
        return app;
    }

    /// <summary>Calls with the seeded key of Development.</summary>
    public HttpClient Api { get; private set; } = null!;

    public string ConnectionString => _store.ConnectionString;
    public string ApiKey => Seed.Key;
    public string ProductionKey => Seed.ProductionKey;
    public string OrganizationId => Seed.OrganizationId;
    public string EnvironmentId => Seed.EnvironmentId;
    public string ProductionId => Seed.ProductionId;
    public string ApplicationIdentifier => Seed.Identifier;
    public string NotificationGroupId => Seed.GroupId;

    private Seeded Seed => _seeded ?? throw new InvalidOperationException("The server has not been started.");

    /// <summary>Calls without credentials.</summary>
    public HttpClient Anonymous => CreateClient();

    public HttpClient WithKey(string key) => With("ApiKey", key);

    /// <summary>Calls as a user; most routes also want an environment.</summary>
    public HttpClient WithToken(string token, string? environmentId = null)
    {
        var client = With("Bearer", token);
        if (environmentId is not null) client.DefaultRequestHeaders.Add("Novu-Environment-Id", environmentId);
        return client;
    }

    /// <summary>Somebody else's organization, for tests that nothing crosses over.</summary>
    public async Task<Registered> RegisterAsync(string name = "stranger")
    {
        var answer = await Anonymous.PostAsJsonAsync("/v1/auth/register", new
        {
            firstName = name,
            lastName = "Test",
            email = $"{name}@example.com",
            password = "Passw0rd!x",
            organizationName = $"{name}'s",
        });
        var token = (await answer.DataAsync()).GetProperty("token").GetString()!;
        var environments = await (await WithToken(token).GetAsync("/v1/environments")).DataAsync();
        return new(
            token,
            environments[0].GetProperty("_id").GetString()!,
            environments[0].GetProperty("apiKeys")[0].GetProperty("key").GetString()!);
    }

    /// <summary>The database as one environment sees it; Development where none is named.</summary>
    public CarillonDb OpenDb(string? environmentId = null) => Services.GetRequiredService<Database>().Open(environmentId ?? EnvironmentId);

    public T Get<T>()
        where T : notnull =>
        Services.GetRequiredService<T>();

    /// <summary>Until everything accepted has come to its end.</summary>
    public Task SettledAsync() => UntilAsync(
        async () => await Get<IEngineStore>().NextDueAsync(CancellationToken.None) is { Event: null, Run: null });

    /// <summary>Until there is nothing to be done now; what waits for a later time goes on waiting.</summary>
    public Task QuietAsync() => UntilAsync(async () =>
    {
        await using var db = OpenDb();
        var now = (_clock ?? TimeProvider.System).GetUtcNow();
        return !await db.Events.AnyAsync(e => e.DueAt != null) && !await db.Runs.AnyAsync(run => run.LeaseToken != null || run.DueAt <= now);
    });

    /// <summary>Lets time pass. The engine is told, because it may just have been about to rest for as long as it thought.</summary>
    public void Advance(TimeSpan time)
    {
        ((FakeTimeProvider)_clock!).Advance(time);
        Get<IHints>().TellEventsDue();
        Get<IHints>().TellLargeEventsDue();
        Get<IHints>().TellRunsDue();
        Get<IHints>().TellOutgoingDue();
    }

    /// <summary>Lets time pass until then. It stops wherever something becomes due, until the engine has done it.</summary>
    public async Task AdvanceToAsync(DateTimeOffset time)
    {
        var clock = (FakeTimeProvider)_clock!;
        while (await IdleAsync() is { } due && due <= time)
            Advance(due - clock.GetUtcNow());
        if (time > clock.GetUtcNow()) Advance(time - clock.GetUtcNow());
        await IdleAsync();
    }

    /// <summary>Until nothing is left to do now; what waits for later may go on waiting. Says when the first of it is due.</summary>
    private async Task<DateTimeOffset?> IdleAsync()
    {
        DateTimeOffset? next = null;
        var activity = Get<EngineActivity>();
        await UntilAsync(async () =>
        {
            // Whatever begins or ends while the store is asked may have changed what it said.
            var changed = activity.Changed;
            if (activity.IsBusy) return false;
            var due = await Get<IEngineStore>().NextDueAsync(CancellationToken.None);
            next = due.Run;
            return due.Event is null && !(next <= _clock!.GetUtcNow()) && !activity.IsBusy && !changed.IsCompleted;
        });
        return next;
    }

    /// <summary>Looks again each time the engine has ended something, until it is so.</summary>
    public async Task UntilAsync(Func<Task<bool>> holds)
    {
        var activity = Get<EngineActivity>();
        while (true)
        {
            var changed = activity.Changed;
            if (await holds()) return;
            await changed.WaitAsync(Patience);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _store.DisposeAsync();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("ConnectionStrings:Carillon", _store.ConnectionString);
        builder.UseSetting("Carillon:Secret", TestSecret);
        builder.UseSetting("urls", "");
        foreach (var (name, value) in _settings) builder.UseSetting(name, value);

        builder.ConfigureLogging(logging => logging.ClearProviders());
        builder.ConfigureTestServices(services =>
        {
            if (_clock is not null) services.AddSingleton(_clock);
            _services?.Invoke(services);
        });
    }

    private HttpClient With(string scheme, string credential)
    {
        var client = CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(scheme, credential);
        return client;
    }

    private async Task<Seeded> ReadSeedAsync()
    {
        await using var db = Services.GetRequiredService<Database>().Open(new CurrentEnvironment());
        var box = Services.GetRequiredService<SecretBox>();
        var environments = await db.Environments.OrderBy(environment => environment.Id).ToListAsync();
        var development = environments.Single(environment => environment.Name == AppEnvironment.Development);
        var production = environments.Single(environment => environment.Name == AppEnvironment.Production);
        var keys = await db.ApiKeys.IgnoreQueryFilters().ToDictionaryAsync(key => key.EnvironmentId, key => box.Open(Purpose.ApiKey, key.Cipher));
        var group = await db.NotificationGroups.IgnoreQueryFilters().SingleAsync(group => group.EnvironmentId == development.Id);
        return new(
            development.OrganizationId, development.Id, development.Identifier, keys[development.Id],
            production.Id, keys[production.Id], group.Id);
    }

    private sealed record Seeded(
        string OrganizationId, string EnvironmentId, string Identifier, string Key, string ProductionId, string ProductionKey, string GroupId);

    internal sealed record Registered(string Token, string EnvironmentId, string ApiKey);
}
