using System.Diagnostics;
using System.Globalization;
using Carillon.Driving;

namespace Carillon.Benchmarks;

/// <summary>
/// Events through a workflow of three steps: a digest of a second, a message that its condition leaves out, and one that is said. What
/// the database was asked meanwhile is counted, so that it shows if anything is asked for each event.
/// </summary>
internal sealed class Digests(ThrowAwayStore store, ServerProcess server, Client client)
{
    private const int PerCall = 100;
    private const int Callers = 4;
    private const int PerPerson = 10;
    private const int Shown = 6;

    // What the driver sends along when a connection changes hands; none of it is a round trip.
    private const string Housekeeping = "^(CLOSE ALL|DISCARD |UNLISTEN|RESET ALL|SET SESSION AUTHORIZATION|SELECT pg_advisory_unlock_all)";

    // A small number of them shows whether the bench works; only the whole one means anything.
    private static readonly int Events = int.Parse(
        Environment.GetEnvironmentVariable("CARILLON_BENCH_EVENTS") ?? "100000", CultureInfo.InvariantCulture);

    public async Task<IReadOnlyList<Measure>> MeasureAsync()
    {
        await server.StartAsync();
        await client.SignUpAsync();
        var workflow = await CreateAsync();
        await client.SubscribeAsync(Enumerable.Range(0, Events / PerPerson).Select(Bench.Subscriber));
        await store.ListAsync<object>("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
        await store.ListAsync<object>("SELECT pg_stat_statements_reset()");

        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => SendAsync(workflow, caller)));
        var accepted = watch.Elapsed;
        await store.SettledAsync(TimeSpan.FromMinutes(15));
        var told = watch.Elapsed;
        var statements = await StatementsAsync();
        await AuditAsync();

        return
        [
            Measure.Of($"{Events:N0} events accepted, {PerCall} a call", Events / accepted.TotalSeconds, "/s"),
            Measure.Of($"{Events:N0} events through digest, condition and inbox", Events / told.TotalSeconds, "/s"),
            Measure.Of("digests said", await store.CountAsync("SELECT count(*) FROM messages"), ""),
            Measure.Of("statements for each event", (double)statements.Sum(one => one.Calls) / Events, ""),
            Measure.AtMost("the statement asked most often, for each event", (double)statements[0].Calls / Events, 0.2, ""),
            .. statements.Take(Shown).Select(one => Measure.Of($"calls of `{one.Text}`", one.Calls, "")),
        ];
    }

    private async Task<string> CreateAsync()
    {
        var group = (await client.GetAsync("/v1/notification-groups"))[0].GetProperty("_id").GetString();
        var never = new[] { new { value = "AND", children = new[] { new { on = "payload", field = "loud", @operator = "EQUAL", value = "true" } } } };
        var made = await client.PostAsync("/v1/workflows", new
        {
            name = "Digests", notificationGroupId = group, active = true, draft = false,
            steps = new object[]
            {
                new { template = new { type = "digest", content = "" }, active = true, metadata = new { type = "regular", amount = 1, unit = "seconds" } },
                new { template = new { type = "in_app", content = "loud" }, active = true, filters = never },
                new { template = new { type = "in_app", content = "{{#each step.events}}{{n}},{{/each}}" }, active = true },
            },
        });
        return made.GetProperty("triggers")[0].GetProperty("identifier").GetString()!;
    }

    private async Task SendAsync(string workflow, int caller)
    {
        foreach (var numbers in Enumerable.Range(0, Events).Chunk(PerCall).Where((_, call) => call % Callers == caller))
        {
            await client.PostAsync("/v1/events/trigger/bulk", new
            {
                events = numbers.Select(number => new { name = workflow, to = Bench.Subscriber(number / PerPerson), payload = new { n = number } }),
            });
        }
    }

    private async Task<List<(string Text, long Calls)>> StatementsAsync()
    {
        var rows = await store.ListAsync<string>(
            """
            SELECT sum(s.calls)::bigint || ' ' || regexp_replace(left(s.query, 60), '[\s|`]+', ' ', 'g')
            FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid WHERE d.datname = current_database() AND s.query !~ @p1
            GROUP BY s.query ORDER BY sum(s.calls) DESC
            """, Housekeeping);
        return [.. rows.Select(row => row.Split(' ', 2)).Select(parts => (parts[1].Trim(), long.Parse(parts[0], CultureInfo.InvariantCulture)))];
    }

    private async Task AuditAsync()
    {
        var said = (await store.ListAsync<string>("SELECT content FROM messages"))
            .SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries)).Select(number => int.Parse(number, CultureInfo.InvariantCulture));
        if (!said.Order().SequenceEqual(Enumerable.Range(0, Events))) throw new AuditException("Not every event was said in one digest.");
    }
}
