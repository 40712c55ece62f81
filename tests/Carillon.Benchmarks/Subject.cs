using Carillon.Driving;

namespace Carillon.Benchmarks;

/// <summary>Something that is measured on a server and a database of its own: <c>./bench sockets</c>.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Title">Its heading in the report.</param>
internal sealed record Subject(
    string Name, string Title, StoreKind Store, IReadOnlyDictionary<string, string> Settings, Func<Subject.Stage, Task<IReadOnlyList<Measure>>> Measure)
{
    // The machine is not measured while it throws calls away on purpose.
    private static readonly Dictionary<string, string> Unlimited = new() { ["Carillon__RateLimits__Enabled"] = "false" };

    private static readonly Subject[] All =
    [
        new("sqlite", "SQLite", StoreKind.Sqlite, Unlimited, stage => new Bench(stage.Store, stage.Server, stage.Client).MeasureAsync()),
        new("postgres", "PostgreSQL", StoreKind.Postgres, Unlimited, stage => new Bench(stage.Store, stage.Server, stage.Client).MeasureAsync()),
        new("start", "A published build", StoreKind.Postgres, Unlimited, _ => Starts.MeasureAsync(Unlimited)),
        new("digests", "Digests", StoreKind.Postgres, Unlimited, stage => new Digests(stage.Store, stage.Server, stage.Client).MeasureAsync()),
        new("sockets", "Open inboxes", StoreKind.Postgres, Sockets.Settings, stage => new Sockets(stage.Store, stage.Server, stage.Client).MeasureAsync()),
        new("inboxes", "Crowded inboxes", StoreKind.Postgres, Unlimited, stage => new CrowdedInboxes(stage.Store, stage.Server, stage.Client).MeasureAsync()),
        new("providers", "Slow and failing providers", StoreKind.Postgres, ProvidersBench.Settings, ProvidersBench.FaultsAsync),
        new("mails", "A slow mail server", StoreKind.Postgres, ProvidersBench.Settings, ProvidersBench.MailsAsync),
        new("millions", "A million recipients", StoreKind.Postgres, Unlimited, stage => new Millions(stage.Store, stage.Server, stage.Client).MeasureAsync()),
        new("accepts", "Single triggers", StoreKind.Postgres, Unlimited, stage => SingleTriggers.MeasureAsync(stage, Unlimited)),
        new("latency", "Idle latency", StoreKind.Postgres, MailAccount.Settings, stage => new IdleLatency(stage.Store, stage.Server, stage.Client).MeasureAsync()),
        new("waiting", "Ten million runs that wait", StoreKind.Postgres, Unlimited, stage => new ManyWaiting(stage.Store, stage.Server, stage.Client).MeasureAsync()),
        new("neighbours", "Two environments", StoreKind.Postgres, Unlimited, TwoEnvironments.MeasureAsync),
        new("nodes", "Two processes", StoreKind.Postgres, MailAccount.Settings, TwoNodes.MeasureAsync),
        new("lists", "Large environments", StoreKind.Postgres, Unlimited, stage => new Lists(stage.Store, stage.Server, stage.Client).MeasureAsync()),
    ];

    /// <summary>What <c>./bench</c> measures when it is not told what.</summary>
    public static IReadOnlyList<Subject> Always => All[..2];

    public static Subject Named(string name) =>
        All.SingleOrDefault(subject => subject.Name == name)
        ?? throw new ArgumentException($"There is no bench called {name}, only {string.Join(", ", All.Select(subject => subject.Name))}.");

    public async Task<IReadOnlyList<Measure>> MeasureAsync()
    {
        await using var store = new ThrowAwayStore(Store);
        await using var server = new ServerProcess(store.ConnectionString, Settings);
        using var client = new Client(server.Address);
        try
        {
            return await Measure(new(store, server, client));
        }
        finally
        {
            if (server.Output.Trim() is { Length: > 0 } output) Console.Error.WriteLine(output);
        }
    }

    internal sealed record Stage(ThrowAwayStore Store, ServerProcess Server, Client Client);
}
