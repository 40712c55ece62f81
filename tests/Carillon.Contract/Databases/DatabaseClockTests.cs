using Carillon.Data;
using Npgsql;

namespace Carillon.Contract.Databases;

/// <summary>On PostgreSQL a node goes by the server's time, whatever its own clock says or is set to.</summary>
public sealed class DatabaseClockTests
{
    private static readonly TimeSpan Close = TimeSpan.FromSeconds(5);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(1), InlineData(-1)]
    public async Task A_clock_that_is_an_hour_off_does_not_matter(int hours)
    {
        await using var source = NpgsqlDataSource.Create(PostgresDatabase.Server);
        var machine = new WrongClock { Off = TimeSpan.FromHours(hours) };
        var clock = new DatabaseClock(source, machine);
        Assert.InRange(clock.Ahead, -Close, Close);

        await clock.LookAsync(Ct);

        Assert.InRange(clock.GetUtcNow() - TimeProvider.System.GetUtcNow(), -Close, Close);
        Assert.InRange(clock.Ahead, machine.Off - Close, machine.Off + Close);
    }

    [Fact]
    public async Task A_clock_that_is_set_in_between_does_not_matter_and_time_never_goes_back()
    {
        await using var source = NpgsqlDataSource.Create(PostgresDatabase.Server);
        var machine = new WrongClock();
        var clock = new DatabaseClock(source, machine);
        await clock.LookAsync(Ct);
        var before = clock.GetUtcNow();

        machine.Off = TimeSpan.FromDays(-1);

        Assert.InRange(clock.GetUtcNow() - before, TimeSpan.Zero, Close);
    }

    private sealed class WrongClock : TimeProvider
    {
        public TimeSpan Off { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Off;
    }
}
