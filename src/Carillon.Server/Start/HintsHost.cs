using Carillon.Data.Hints;

namespace Carillon.Server.Start;

/// <summary>Keeps in touch with the other nodes.</summary>
internal sealed class HintsHost(IHints hints) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(() => hints.RunAsync(stoppingToken), CancellationToken.None);
}
