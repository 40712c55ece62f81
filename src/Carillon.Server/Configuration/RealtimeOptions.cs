using System.ComponentModel.DataAnnotations;

namespace Carillon.Server.Configuration;

/// <summary>Section <c>Carillon:Realtime</c>.</summary>
internal sealed class RealtimeOptions
{
    public const string Section = "Carillon:Realtime";

    private const string Rule = "Carillon:Realtime:{0} must be a number from 1 to 1000000.";

    /// <summary>How long a connection may be silent before it is asked whether it lives.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "Carillon:Realtime:PingInterval must be from 00:00:01 to 01:00:00.")]
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>How long it may take to say so.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "Carillon:Realtime:PingTimeout must be from 00:00:01 to 01:00:00.")]
    public TimeSpan PingTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Tabs and devices of one subscriber at this process.</summary>
    [Range(1, 1_000_000, ErrorMessage = Rule)]
    public int SocketsPerSubscriber { get; set; } = 50;

    /// <summary>Connections from one address to this process.</summary>
    [Range(1, 1_000_000, ErrorMessage = Rule)]
    public int SocketsPerAddress { get; set; } = 1000;

    /// <summary>What may wait for a reader; one that is further behind is disconnected.</summary>
    [Range(1, 1_000_000, ErrorMessage = Rule)]
    public int QueuedPackets { get; set; } = 128;
}
