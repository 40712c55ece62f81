namespace Carillon.Providers.Http;

/// <summary>One call to a vendor: what the account lacks is said before anything is sent, and no reason repeats a secret of it.</summary>
internal static class VendorCall
{
    // The message brings these along, or can do without.
    private static readonly string[] OfMessage = ["from", "senderName"];

    extension(OutboundHttp http)
    {
        /// <summary><paramref name="hook"/> is an address that is itself a secret.</summary>
        public async Task<SendResult> SendAsync(
            ProviderInfo provider, Account account, HttpRequestMessage request, Reply reply, CancellationToken ct, string? hook = null)
        {
            using (request)
            {
                if (Lacking(provider, account) is { } lacking) return lacking;

                var result = await http.SendAsync(request, OutboundLimits.Delivery, ct);
                return reply.Read(result, request.RequestUri?.IdnHost ?? "", words => WithoutSecrets(words, provider, account, hook));
            }
        }

        /// <summary>Asks for a token with which the message can be sent. Whatever goes wrong here, the message has not been sent.</summary>
        public async Task<(string? Token, SendResult? Failure)> FetchTokenAsync(
            ProviderInfo provider, Account account, HttpRequestMessage request, Reply reply, CancellationToken ct) =>
            await http.SendAsync(provider, account, request, reply with { Took = answer => reply.Id(answer) is not null }, ct) switch
            {
                SendResult.Sent sent => (sent.ProviderMessageId, null),
                SendResult.Unavailable unavailable => (null, unavailable with { MayHaveArrived = false }),
                SendResult.Refused refused => (null, refused with { For = RefusedFor.Account }),
                var other => (null, other),
            };
    }

    /// <summary>Names the first field that an account must have and has not; null when it has all.</summary>
    public static SendResult.Refused? Lacking(ProviderInfo provider, Account account) =>
        provider.Fields.FirstOrDefault(field =>
            field is { IsRequired: true, Default: null } && !OfMessage.Contains(field.Key) && account.Text(field.Key) is null) is { } field
            ? new($"The integration has no {field.Label} ({field.Key})", RefusedFor.Account)
            : null;

    private static string WithoutSecrets(string words, ProviderInfo provider, Account account, string? hook) => provider.Fields
        .Where(field => field.IsSecret)
        .Select(field => account.Text(field.Key))
        .OfType<string>()
        .Concat((hook ?? "").Split('/', '?', '&', '=').Where(part => part.Length > 3))
        .Aggregate(words, (text, secret) => text.Replace(secret, "***", StringComparison.OrdinalIgnoreCase));
}
