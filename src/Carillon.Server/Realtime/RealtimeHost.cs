using Carillon.Server.Realtime.Inboxes;

namespace Carillon.Server.Realtime;

/// <summary>Runs what sockets need beside their own requests.</summary>
internal sealed class RealtimeHost(Announcer announcer, Presence presence, Pulse pulse) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        Task.Run(() => announcer.RunAsync(stoppingToken), CancellationToken.None),
        Task.Run(() => presence.RunAsync(stoppingToken), CancellationToken.None),
        Task.Run(() => pulse.RunAsync(stoppingToken), CancellationToken.None));
}
