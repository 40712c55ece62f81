using Carillon.Providers.Http;

namespace Carillon.Providers.Aws;

/// <summary>The older services of AWS: a signed form goes there, XML comes back.</summary>
internal static class AwsQuery
{
    public static Reply Reply { get; } = new()
    {
        Id = answer => answer.Xml("MessageId"),
        Code = answer => answer.Xml("Code"),
        Error = answer => answer.Xml("Message"),
        Gone = ["OptedOut"],
        Later = ["Throttling", "ThrottlingException", "Throttled", "RequestLimitExceeded", "InternalFailure", "ServiceUnavailable"],
        Account =
        [
            "AccessDenied", "AuthorizationError", "InvalidClientTokenId", "SignatureDoesNotMatch", "UnrecognizedClientException",
            "AccountSendingPausedException", "OptInRequired",
        ],
    };

    /// <summary>A region is part of a host's name; what cannot be one makes a request that is refused when it is sent.</summary>
    public static async Task<HttpRequestMessage> PostAsync(
        string service, Account account, DateTimeOffset now, params IEnumerable<(string Name, string? Value)> fields)
    {
        var region = account.Text("region") ?? "";
        var host = region.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') ? $"https://{service}.{region}.amazonaws.com/" : "";
        var request = VendorRequest.Post(host).Form(fields);
        if (request.RequestUri is not null)
        {
            var scope = new AwsScope(account.Text("apiKey") ?? "", account.Text("secretKey") ?? "", region, NameOf(service), now);
            SigV4.Sign(request, await request.Content!.ReadAsByteArrayAsync(), scope);
        }

        return request;
    }

    // The mail service signs under another name than its host's.
    private static string NameOf(string service) => service == "email" ? "ses" : service;
}
