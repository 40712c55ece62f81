using Carillon.Providers.Aws;
using Carillon.Providers.Http;

namespace Carillon.Providers.Sms;

/// <summary>Text messages by Amazon SNS. https://docs.aws.amazon.com/sns/latest/api/API_Publish.html</summary>
public sealed class SnsSms(OutboundHttp http, TimeProvider clock) : ISmsProvider
{
    public ProviderInfo Info { get; } = new(
        "sns", Channel.Sms, "SNS", new Uri("https://docs.aws.amazon.com/sns/latest/api/API_Publish.html"),
        new Field("apiKey", "Access key ID", IsSecret: true),
        new Field("secretKey", "Secret access key", IsSecret: true),
        new Field("region", "AWS region"));

    public async Task<SendResult> SendAsync(SmsMessage message, Account account, CancellationToken ct)
    {
        var request = await AwsQuery.PostAsync(
            "sns",
            account,
            clock.GetUtcNow(),
            [("Action", "Publish"), ("Version", "2010-03-31"), ("PhoneNumber", message.To), ("Message", message.Text), .. SenderOf(message)]);
        return await http.SendAsync(Info, account, request, AwsQuery.Reply, ct);
    }

    private static IEnumerable<(string, string?)> SenderOf(SmsMessage message) => message.From is null
        ? []
        :
        [
            ("MessageAttributes.entry.1.Name", "AWS.SNS.SMS.SenderID"),
            ("MessageAttributes.entry.1.Value.DataType", "String"),
            ("MessageAttributes.entry.1.Value.StringValue", message.From),
        ];
}
