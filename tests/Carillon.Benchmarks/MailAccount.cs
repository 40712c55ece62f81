using Carillon.Driving;

namespace Carillon.Benchmarks;

/// <summary>A mail account at a sink on loopback.</summary>
internal static class MailAccount
{
    public static object Template { get; } = new { type = "email", contentType = "customHtml", subject = "Hello {{subscriber.firstName}}", content = "<p>Your order {{order}} is on its way</p>" };

    /// <summary>The settings without which nothing on loopback is called.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["Carillon__RateLimits__Enabled"] = "false",
        ["Carillon__Outbound__Allow__0"] = "127.0.0.0/8",
    };

    public static Task ConnectAsync(Client client, SlowSink sink) => client.PostAsync("/v1/integrations", new
    {
        providerId = "nodemailer",
        channel = "email",
        identifier = "mail",
        active = true,
        check = false,
        credentials = new { host = "127.0.0.1", port = sink.Port, ignoreTls = true, from = "shop@example.com", senderName = "Shop" },
    });
}
