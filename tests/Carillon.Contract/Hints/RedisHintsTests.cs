using Carillon.Data;
using Carillon.Data.Hints;
using Microsoft.Extensions.Logging.Abstractions;

namespace Carillon.Contract.Hints;

public sealed class RedisHintsTests : HintsContract
{
    private readonly RedisServer _redis = new();
    private readonly Database _database = new("Data Source=:memory:");

    protected override async Task<(IHints Here, IHints There)> ConnectAsync()
    {
        await _redis.StartAsync();
        return (Open(), Open());
    }

    protected override async Task InterruptAsync()
    {
        await _redis.KillAsync();
        await _redis.StartAsync();
    }

    protected override async Task DisconnectAsync()
    {
        await _database.DisposeAsync();
        await _redis.DisposeAsync();
    }

    private IHints Open() => _database.OpenHints(_redis.Configuration, TimeProvider.System, NullLoggerFactory.Instance);
}
