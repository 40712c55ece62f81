using System.Net;
using Carillon.Server.Configuration;
using Microsoft.AspNetCore.HttpOverrides;

namespace Carillon.Server.Http;

/// <summary>Believes X-Forwarded-For and -Proto from the proxies that the operator named, and from nobody else.</summary>
internal static class Proxies
{
    extension(WebApplication app)
    {
        public void UseKnownProxies(ServerOptions options)
        {
            if (options.KnownProxies.Count == 0) return;

            var forwarded = new ForwardedHeadersOptions
            {
                ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
                ForwardLimit = null,
            };
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var proxy in options.KnownProxies)
            {
                if (IPAddress.TryParse(proxy, out var address)) forwarded.KnownProxies.Add(address);
                else forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
            }
            app.UseForwardedHeaders(forwarded);
        }
    }
}
