using System.Globalization;
using System.Net;
using Carillon.Driving;
using Carillon.Tests.Support;

namespace Carillon.Contract.Crashes;

/// <summary>
/// The disk that the tables are on fills up; that of the write-ahead log does not. (Where that one does, PostgreSQL stops itself, which is
/// a crash as in <see cref="DatabaseCrashTests"/>.)
/// </summary>
[Collection(nameof(Alone))]
public sealed class FullDiskTests
{
    // What could not be written is tried again when its claim is over.
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["Carillon__Engine__Lease"] = "00:00:04",
        ["Carillon__Engine__SendTimeout"] = "00:00:02",
        ["Carillon__RateLimits__Enabled"] = "false",
    };

    [Fact]
    public async Task When_the_disk_is_full_nothing_is_promised_and_when_there_is_room_again_it_goes_on()
    {
        await using var postgres = await PostgresServer.StartAsync(Repository.Folder("tests", "postgres"));
        await using var disk = SmallDisk.Mount(megabytes: 64);
        Assert.SkipWhen(disk is null, "Only root may mount a small disk.");
        await using var store = new ThrowAwayStore(StoreKind.Postgres, postgres.ConnectionString);
        await store.CreateOnAsync(disk.Folder);
        await using var server = new ServerProcess(store.ConnectionString, Settings);
        await server.StartAsync();
        using var owner = new Client(server.Address);
        await owner.SignUpAsync();
        var workflow = await owner.CreateWorkflowAsync("Full", new { type = "in_app", content = "Hello" });
        await using var callers = new Callers(4, owner, [server], workflow);

        await callers.MoreAsync(100);
        disk.Fill();
        await callers.RefusedAsync();
        disk.Clear();
        await callers.MoreAsync(100);
        await callers.StopAsync();
        await store.SettledAsync(TimeSpan.FromMinutes(1));

        Assert.All(callers.Refusals.Keys, status => Assert.Equal(HttpStatusCode.ServiceUnavailable, status));
        var delivered = await store.ListAsync<string>(
            "SELECT e.given_transaction_id FROM events e JOIN runs r ON r.event_id = e.id JOIN messages m ON m.run_id = r.id WHERE e.status = 1 AND r.status = 1");
        Assert.Equal(callers.Kept.Order(), delivered.Order());
        Figures.Write("full-disk", string.Create(
            CultureInfo.InvariantCulture,
            $"The disk filled up under load: {callers.Refusals.Values.Sum():n0} calls refused with 503, {delivered.Count:n0} events kept and delivered once each"));
    }
}
