using System.Net;
using Carillon.Server.Configuration;
using DnsClient;
using DnsClient.Protocol;

namespace Carillon.Server.InboundParse;

/// <summary>Where the mail of a domain goes, as the domain name system says right now.</summary>
internal sealed class MailExchanges(InboundMailOptions options)
{
    private const int DnsPort = 53;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lazy<LookupClient> _client = new(() => new LookupClient(Settings(options)));

    /// <summary>Whether the domain's mail comes to this server. What cannot be found out is a no.</summary>
    public async Task<bool> LeadAsync(string domain, string server, CancellationToken ct)
    {
        if (Uri.CheckHostName(domain) != UriHostNameType.Dns) return false;

        try
        {
            var answer = await _client.Value.QueryAsync(domain, QueryType.MX, QueryClass.IN, ct);
            return answer.Answers.OfType<MxRecord>().Any(record => IsSame(record.Exchange.Value, server));
        }
        catch (Exception e) when (e is DnsResponseException or ArgumentException)
        {
            return false;
        }
    }

    private static bool IsSame(string exchange, string server) =>
        string.Equals(exchange.TrimEnd('.'), server.TrimEnd('.'), StringComparison.OrdinalIgnoreCase);

    private static LookupClientOptions Settings(InboundMailOptions options)
    {
        var settings = options.NameServers.Count == 0 ? new LookupClientOptions() : new LookupClientOptions([.. options.NameServers.Select(Parse)]);
        settings.UseCache = false;
        settings.Timeout = Patience;
        settings.Retries = 1;
        return settings;
    }

    private static IPEndPoint Parse(string server)
    {
        var address = IPEndPoint.Parse(server);
        return address.Port == 0 ? new IPEndPoint(address.Address, DnsPort) : address;
    }
}
