using System.Text;
using Carillon.Providers;
using Carillon.Providers.Reports;

namespace Carillon.Tests.Providers;

/// <summary>What every vendor that reports posts, and what is understood of it.</summary>
public sealed class ReportTests
{
    private const string At = "2031-05-04T12:00:00.000Z";

    /// <summary>Vendor, body, and what it says: id, status, time and words of each event. A body that is no JSON is a form.</summary>
    public static TheoryData<string, string, string> Bodies => new()
    {
        { "sendgrid", """[{"id":"m1","event":"delivered","timestamp":1935662400,"response":"250 OK"},{"id":"m2","event":"bounce","reason":"550 gone","timestamp":1935662400},{"event":"open"},{"id":"m3","event":"unheard of"}]""", $"m1 delivered {At} 250 OK; m2 bounced {At} 550 gone" },
        { "sendgrid", """[{"id":"m","event":"processed"},{"id":"m","event":"deferred"},{"id":"m","event":"dropped"},{"id":"m","event":"open"},{"id":"m","event":"click"},{"id":"m","event":"spamreport"},{"id":"m","event":"group_unsubscribe"}]""", "m accepted; m deferred; m dropped; m opened; m clicked; m spam; m unsubscribed" },
        { "mailgun", """{"signature":{},"event-data":{"event":"failed","severity":"permanent","timestamp":1935662400.0,"message":{"headers":{"message-id":"a@b"}},"delivery-status":{"message":"no such user","attempt-no":2}}}""", $"<a@b> bounced {At} no such user" },
        { "mailgun", """{"event-data":{"event":"failed","severity":"temporary","message":{"headers":{"message-id":"a@b"}}}}""", "<a@b> deferred" },
        { "mailgun", """{"event-data":{"event":"complained","message":{"headers":{"message-id":"<a@b>"}}}}""", "<a@b> complaint" },
        { "mailjet", """[{"event":"sent","time":1935662400,"MessageID":19421777835146490,"smtp_reply":"250 ok"},{"event":"unsub","MessageID":7}]""", $"19421777835146490 delivered {At} 250 ok; 7 unsubscribed" },
        { "mailjet", """{"event":"blocked","MessageID":7,"error":"preblocked"}""", "7 blocked preblocked" },
        { "mandrill", "mandrill_events=%5B%7B%22_id%22%3A%22x%22%2C%22event%22%3A%22hard_bounce%22%2C%22ts%22%3A1935662400%2C%22msg%22%3A%7B%22diag%22%3A%22smtp%3B550%22%7D%7D%2C%7B%22_id%22%3A%22y%22%2C%22event%22%3A%22open%22%7D%5D", $"x bounced {At} smtp;550; y opened" },
        { "netcore", """[{"TRANSID":"t","EVENT":"invalid","TIMESTAMP":"1935662400"},{"TRANSID":"t","EVENT":"open"}]""", $"t bounced {At}; t opened" },
        { "postmark", """{"RecordType":"Delivery","MessageID":"p","DeliveredAt":"2031-05-04T12:00:00Z","Details":"250 ok"}""", $"p delivered {At} 250 ok" },
        { "postmark", """{"RecordType":"SubscriptionChange","MessageID":"p","SuppressSending":true,"SuppressionReason":"ManualSuppression"}""", "p unsubscribed ManualSuppression" },
        { "postmark", """{"RecordType":"SubscriptionChange","MessageID":"p","SuppressSending":false}""", "" },
        { "postmark", """{"RecordType":"SpamComplaint","MessageID":"p"}""", "p spam" },
        { "sendinblue", """{"event":"hard_bounce","message-id":"<b@c>","ts_epoch":1935662400000,"reason":"unknown"}""", $"<b@c> bounced {At} unknown" },
        { "sendinblue", """{"event":"uniqueOpened","message-id":"<b@c>"}""", "<b@c> opened" },
        { "resend", """{"type":"email.bounced","created_at":"2031-05-04T12:00:00.000Z","data":{"email_id":"r","bounce":{"message":"gone","type":"Permanent"}}}""", $"r bounced {At} gone" },
        { "resend", """{"type":"email.complained","data":{"email_id":"r"}}""", "r complaint" },
        { "sparkpost", """[{"msys":{"message_event":{"type":"out_of_band","transmission_id":"s","timestamp":"1935662400","raw_reason":"550"}}},{"msys":{"track_event":{"type":"click","transmission_id":"s"}}},{"msys":{"unsubscribe_event":{"type":"list_unsubscribe","transmission_id":"s"}}},{"msys":{}}]""", $"s bounced {At} 550; s clicked; s unsubscribed" },
        { "infobip-email", """{"results":[{"messageId":"i","doneAt":"2031-05-04T12:00:00.000+0000","status":{"groupName":"DELIVERED","description":"Delivered"}}]}""", $"i delivered {At} Delivered" },
        { "infobip-email", """{"notificationType":"OPENED","messageId":"i"}""", "i opened" },
        { "mailersend", """{"type":"activity.hard_bounced","created_at":"2031-05-04T12:00:00.000000Z","data":{"email":{"message":{"id":"ms"}},"morph":{"reason":"550"}}}""", $"ms bounced {At} 550" },
        { "mailtrap", """{"events":[{"event":"soft bounce","message_id":"mt","timestamp":1935662400,"response":"451"},{"event":"unsubscribe","message_id":"mt"}]}""", $"mt deferred {At} 451; mt unsubscribed" },
        { "ses", """{"Type":"Notification","Message":"{\"eventType\":\"Bounce\",\"mail\":{\"messageId\":\"aws\"},\"bounce\":{\"timestamp\":\"2031-05-04T12:00:00.000Z\",\"bouncedRecipients\":[{\"diagnosticCode\":\"smtp; 550\"}]}}"}""", $"aws bounced {At} smtp; 550" },
        { "ses", """{"Type":"Notification","Message":"{\"notificationType\":\"Complaint\",\"mail\":{\"messageId\":\"aws\"}}"}""", "aws complaint" },
        { "ses", """{"Type":"Notification","Message":"Successfully validated SNS topic for Amazon SES event publishing."}""", "" },
        { "twilio", "MessageSid=SM1&MessageStatus=undelivered&ErrorCode=30003", "SM1 undelivered 30003" },
        { "plivo", "MessageUUID=pl&Status=delivered&ErrorCode=000", "pl delivered 000" },
        { "telnyx", """{"data":{"id":"event","occurred_at":"2031-05-04T12:00:00Z","payload":{"id":"tx","to":[{"status":"delivery_failed"}],"errors":[{"title":"Not routable"}]}}}""", $"tx failed {At} Not routable" },
        { "termii", """{"message_id":"te","status":"DELIVERED | Message delivered to handset","sent_at":"2031-05-04 12:00:00"}""", $"te delivered {At} DELIVERED | Message delivered to handset" },
        { "ring-central", """{"timestamp":"2031-05-04T12:00:00Z","body":{"id":"rc","messageStatus":"SendingFailed"}}""", $"rc failed {At}" },
        { "nexmo", """{"messageId":"vo","status":"expired","message-timestamp":"2031-05-04 12:00:00","err-code":"1"}""", $"vo undelivered {At} error 1" },
        { "messagebird", "?id=mb&status=delivery_failed&statusDatetime=2031-05-04T12%3A00%3A00%2B00%3A00&statusErrorCode=4", $"mb failed {At} 4" },
        { "infobip-sms", """{"results":[{"messageId":"is","status":{"groupName":"UNDELIVERABLE"},"error":{"description":"Unknown subscriber"}}]}""", "is undelivered Unknown subscriber" },
        { "brevo-sms", """{"messageId":51,"msg_status":"hard_bounce","ts_event":1935662400,"description":"invalid"}""", $"51 failed {At} invalid" },
        { "bandwidth", """[{"type":"message-failed","time":"2031-05-04T12:00:00Z","description":"rejected","message":{"id":"bw"}}]""", $"bw failed {At} rejected" },
        { "forty-six-elks", "id=s46&status=delivered&delivered=2031-05-04T12%3A00%3A00", $"s46 delivered {At}" },
        { "africas-talking", "id=at&status=Failed&failureReason=UserInBlacklist", "at failed UserInBlacklist" },
        { "sms77", """{"webhook_event":"dlr","data":{"msg_id":"77","status":"NOTDELIVERED","timestamp":"2031-05-04 12:00:00"}}""", $"77 undelivered {At}" },
        { "bulk-sms", """[{"id":"bs","status":{"id":"FAILED.EXPIRED","type":"FAILED","subtype":"EXPIRED"}}]""", "bs failed EXPIRED" },
        { "clicksend", "message_id=cs&status_code=201&status_text=Success&timestamp=1935662400", $"cs delivered {At} Success" },
        { "azure-sms", """[{"eventType":"Microsoft.Communication.SMSDeliveryReportReceived","data":{"messageId":"Outgoing_1","deliveryStatus":"Failed","deliveryStatusDetails":"Unreachable","receivedTimestamp":"2031-05-04T12:00:00.0000000Z"}}]""", $"Outgoing_1 failed {At} Unreachable" },
        { "azure-sms", """[{"data":{"MessageId":"Outgoing_1","DeliveryStatus":"Delivered"}},{"eventType":"Microsoft.Communication.SMSReceived","data":{"messageId":"Incoming_1"}}]""", "Outgoing_1 delivered" },
        { "gupshup", "?externalId=35-32&deliveredTS=1935662400000&status=SUCCESS&cause=SUCCESS&phoneNo=15550001", $"35-32 delivered {At} SUCCESS" },
        { "gupshup", """[{"externalId":"35-32","eventType":"FAILED","eventTs":1935662400000,"cause":"UNKNOWN_SUBSCRIBER"},{"externalId":"x","status":"UNKNOWN"}]""", $"35-32 failed {At} UNKNOWN_SUBSCRIBER" },
    };

    [Theory]
    [InlineData("https://rp-eastus2.eventgrid.azure.net:553/eventsubscriptions/x/validate?token=y", true)]
    [InlineData("http://rp-eastus2.eventgrid.azure.net/validate", false)]
    [InlineData("https://eventgrid.azure.net.evil.example/validate", false)]
    [InlineData("https://rp.eventgrid.azure.net@evil.example/validate", false)]
    [InlineData("https://169.254.169.254/validate", false)]
    public void Event_Grid_is_asked_at_its_own_addresses_only(string address, bool isAsked)
    {
        var posted = Posted($$$"""[{"eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","data":{"validationCode":"c","validationUrl":"{{{address}}}"}}]""");

        Assert.Equal(isAsked ? new Uri(address) : null, ReportsOf("azure-sms").Confirmation(posted));
        Assert.Empty(ReportsOf("azure-sms").Read(posted));
    }

    [Fact]
    public void Every_vendor_that_reports_has_its_case() => Assert.Equal(
        ProviderCatalogTests.Catalog().Values.Where(provider => provider.Info.Reports is not null).Select(provider => provider.Info.Id).Order(),
        Bodies.Select(row => row.Data.Item1).Distinct().Order());

    [Theory, MemberData(nameof(Bodies))]
    public void A_report_comes_to_this(string id, string body, string wanted)
    {
        var reports = ReportsOf(id).Read(Posted(body));

        Assert.Equal(wanted, string.Join("; ", reports.Select(Words)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("[1,null,\"x\",[]]")]
    [InlineData("{\"events\":{},\"results\":1,\"event-data\":[],\"msys\":3,\"Message\":4,\"data\":\"x\"}")]
    [InlineData("{\"event\":\"delivered\",\"id\":{},\"MessageID\":[],\"status\":{\"type\":7}}")]
    [InlineData("{not json")]
    [InlineData("a=b&mandrill_events=%7B")]
    public void Whatever_else_is_posted_says_nothing_and_breaks_nothing(string body) => Assert.All(
        ProviderCatalogTests.Catalog().Values.Select(provider => provider.Info.Reports).OfType<VendorReports>(),
        reports => Assert.Empty(reports.Read(Posted(body))));

    [Fact]
    public void What_no_database_takes_is_taken_out() =>
        Assert.Equal("SM1 sent 3", Words(ReportsOf("twilio").Read(Posted("MessageSid=SM%001&MessageStatus=sent&ErrorCode=3%00"))[0]));

    [Theory]
    [InlineData("1e300")]
    [InlineData("-99999999999999999")]
    [InlineData("soon")]
    public void A_time_that_is_none_is_left_out(string time) =>
        Assert.Null(ReportsOf("clicksend").Read(Posted($"message_id=x&status_code=201&timestamp={time}"))[0].At);

    [Fact]
    public void A_message_never_goes_back() => Assert.Equal(
        [DeliveryStatus.Queued, DeliveryStatus.Sent, DeliveryStatus.Delivered, DeliveryStatus.Bounced, DeliveryStatus.Opened, DeliveryStatus.Clicked, DeliveryStatus.Unsubscribed, DeliveryStatus.Spam],
        new[] { DeliveryStatus.Spam, DeliveryStatus.Clicked, DeliveryStatus.Bounced, DeliveryStatus.Sent, DeliveryStatus.Unsubscribed, DeliveryStatus.Opened, DeliveryStatus.Queued, DeliveryStatus.Delivered }.Order());

    internal static VendorReports ReportsOf(string id) => ProviderCatalogTests.Catalog()[id].Info.Reports!;

    internal static ReportRequest Posted(string body, params (string Name, string Value)[] headers) => new(
        "https://notify.example.com/hook" + (body.StartsWith('?') ? body : ""),
        IsForm: body.Length > 0 && char.IsAsciiLetter(body[0]) && body.Contains('=', StringComparison.Ordinal),
        body.StartsWith('?') ? default : Encoding.UTF8.GetBytes(body),
        headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase));

    private static string Words(DeliveryReport report) => string.Join(
        ' ',
        new[] { report.Identifier, report.Status.WireName, report.At?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture), report.Response }
            .Where(word => !string.IsNullOrEmpty(word)));
}
