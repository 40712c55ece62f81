using System.Text;
using Carillon.Server.Configuration;

namespace Carillon.Server.Realtime.EngineIo;

/// <summary>Packets of Engine.IO 4: a digit for the kind, and text behind it. Several in one HTTP body have a separator between them.</summary>
internal static class Packet
{
    public const byte Separator = 0x1e;

    public const char PingKind = '2';
    public const char PongKind = '3';
    public const char MessageKind = '4';
    public const char UpgradeKind = '5';
    public const char NoopKind = '6';

    /// <summary>Text of this size at most comes in at once.</summary>
    public const int LargestReceived = 100_000;

    public static readonly ReadOnlyMemory<byte> Close = "1"u8.ToArray();
    public static readonly ReadOnlyMemory<byte> Ping = "2"u8.ToArray();
    public static readonly ReadOnlyMemory<byte> Probed = "3probe"u8.ToArray();
    public static readonly ReadOnlyMemory<byte> Noop = "6"u8.ToArray();

    public static ReadOnlyMemory<byte> Pong(string packet) => Encoding.UTF8.GetBytes($"{PongKind}{packet[1..]}");

    public static ReadOnlyMemory<byte> Open(string id, bool mayUpgrade, RealtimeOptions options) => Encoding.UTF8.GetBytes(
        $$"""
        0{"sid":"{{id}}","upgrades":[{{(mayUpgrade ? "\"websocket\"" : "")}}],"pingInterval":{{Milliseconds(options.PingInterval)}},"pingTimeout":{{Milliseconds(options.PingTimeout)}},"maxPayload":{{LargestReceived}}}
        """);

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;
}
