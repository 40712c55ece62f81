using Carillon.Server.Realtime.SocketIo;

namespace Carillon.Server.Realtime.EngineIo;

/// <summary>What comes in, packet by packet, over whichever transport.</summary>
internal sealed class Packets(SocketServer sockets, TimeProvider clock)
{
    public async Task ReceiveAsync(Connection connection, string packet)
    {
        switch (packet)
        {
            case [Packet.MessageKind, ..]:
                await sockets.ReceiveAsync(connection, packet[1..]);
                break;
            case [Packet.PongKind, ..]:
                connection.Pong(clock.GetUtcNow());
                break;
            case [Packet.PingKind, ..]:
                connection.Send(Packet.Pong(packet));
                break;
            case [Packet.UpgradeKind or Packet.NoopKind, ..]:
                break;
            default:
                // It closes, or sends what we do not take: binary, or nothing that has a kind.
                connection.Finish();
                break;
        }
    }
}
