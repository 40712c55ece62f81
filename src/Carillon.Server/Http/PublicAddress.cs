using Carillon.Server.Configuration;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Carillon.Server.Http;

/// <summary>
/// What links to us are built from: what the operator says, else where we listen. Never what a request calls us, which
/// its sender chooses.
/// </summary>
internal sealed class PublicAddress(ServerOptions options, IServer server)
{
    /// <summary>Without a slash at its end.</summary>
    public string Root => (options.PublicUrl ?? Listening()).TrimEnd('/');

    private string Listening()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? throw new InvalidOperationException("The server listens nowhere, and Carillon:PublicUrl is not set.");
        return address.Replace("[::]", "localhost").Replace("0.0.0.0", "localhost");
    }
}
