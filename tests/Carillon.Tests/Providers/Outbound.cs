using Carillon.Providers.Http;

namespace Carillon.Tests.Providers;

internal static class Outbound
{
    /// <summary>An outbound client that may reach peers on 127.0.0.0/8, and nothing else that is private.</summary>
    public static OutboundHttp ToLoopback() => new(LoopbackGuard(), TimeProvider.System);

    public static OutboundGuard LoopbackGuard() => new(new OutboundOptions { Allow = ["127.0.0.0/8"] });
}
