using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Carillon.Data.Integrations;
using Carillon.Data.Secrets;
using Carillon.Providers.Reports;

namespace Carillon.Server.Http;

/// <summary>
/// Where the vendor of an integration posts what became of messages. The address carries a token that nobody can guess, because
/// some vendors sign nothing.
/// </summary>
internal sealed class ReportAddresses(MasterSecret secret, PublicAddress us)
{
    private readonly byte[] _key = secret.KeyFor("delivery-reports");

    public string Of(Integration integration) =>
        $"{us.Root}/v1/webhooks/organizations/{integration.OrganizationId}/environments/{integration.EnvironmentId}"
        + $"/{integration.Channel}/{integration.Id}?{ReportRequest.TokenName}={TokenOf(integration)}";

    public bool IsTokenOf(Integration integration, string? token) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(token ?? ""), Encoding.UTF8.GetBytes(TokenOf(integration)));

    /// <summary>The address of a request as its sender knows it, whatever stands between.</summary>
    public string Asked(HttpRequest request) => $"{us.Root}{request.PathBase}{request.Path}{request.QueryString}";

    private string TokenOf(Integration integration) => Base64Url.EncodeToString(
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{integration.EnvironmentId}{integration.Id}")));
}
