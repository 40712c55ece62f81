using Carillon.Engine;

namespace Carillon.Server.Start;

/// <summary>Runs the engine beside the API. It stops after the API has, so that what was still being accepted is kept.</summary>
internal sealed class EngineHost(CarillonEngine engine) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => engine.RunAsync(stoppingToken);
}
