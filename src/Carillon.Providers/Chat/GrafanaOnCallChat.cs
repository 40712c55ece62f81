using Carillon.Providers.Http;

namespace Carillon.Providers.Chat;

/// <summary>
/// Grafana OnCall's webhook for alerts. It answers "Ok." and tells no id; ours stands for one.
/// https://grafana.com/docs/oncall/latest/configure/integrations/references/webhook/
/// </summary>
public sealed class GrafanaOnCallChat(OutboundHttp http) : IChatProvider
{
    public ProviderInfo Info { get; } = new(
        "grafana-on-call", Channel.Chat, "Grafana On Call Webhook", new Uri("https://grafana.com/docs/oncall/latest/configure/integrations/references/webhook/"),
        new Field("alertUid", "Alert UID", IsRequired: false),
        new Field("title", "Title.", IsRequired: false),
        new Field("imageUrl", "Image URL", IsRequired: false),
        new Field("state", "Alert State", IsRequired: false),
        new Field("externalLink", "External Link", IsRequired: false));

    public Task<SendResult> SendAsync(ChatMessage message, Account account, CancellationToken ct) => http.PostAsync(
        Info,
        account,
        message,
        new
        {
            alert_uid = account.Text("alertUid"),
            title = account.Text("title"),
            image_url = account.Text("imageUrl"),
            state = account.Text("state"),
            link_to_upstream_details = account.Text("externalLink"),
            message = message.Content,
        },
        new Reply { Id = _ => message.Id },
        ct);
}
