using System.Collections.Frozen;
using Carillon.Providers.Chat;
using Carillon.Providers.Chat.Slack;
using Carillon.Providers.Email;
using Carillon.Providers.Email.Smtp;
using Carillon.Providers.Email.Webhook;
using Carillon.Providers.Http;
using Carillon.Providers.InApp;
using Carillon.Providers.Push;
using Carillon.Providers.Sms;

namespace Carillon.Providers;

public static class ProviderCatalog
{
    /// <summary>Every provider we ship, by channel. Adding one is one line here; two with one id throw at start-up.</summary>
    public static FrozenDictionary<string, IProvider> Create(OutboundHttp http, SmtpPool smtp, TimeProvider clock) =>
        ById([new NovuInApp(), .. Chats(http), .. Mails(http, smtp, clock), .. Pushes(http, clock), .. Texts(http, clock)]);

    internal static FrozenDictionary<string, IProvider> ById(params IEnumerable<IProvider> providers) =>
        providers.ToDictionary(provider => provider.Info.Id).ToFrozenDictionary();

    private static IProvider[] Chats(OutboundHttp http) =>
    [
        new DiscordChat(http),
        new GetStreamChat(http),
        new GrafanaOnCallChat(http),
        new MattermostChat(http),
        new RocketChat(http),
        new RyverChat(http),
        new SlackChat(http),
        new TeamsChat(http),
        new WhatsAppChat(http),
        new ZulipChat(http),
    ];

    private static IProvider[] Mails(OutboundHttp http, SmtpPool smtp, TimeProvider clock) =>
    [
        new BrazeEmail(http),
        new BrevoEmail(http),
        new DemoEmail(),
        new InfobipEmail(http),
        new MailerSendEmail(http),
        new MailgunEmail(http),
        new MailjetEmail(http),
        new MailtrapEmail(http),
        new MandrillEmail(http),
        new NetcoreEmail(http),
        new Outlook365Email(smtp, clock),
        new PlunkEmail(http),
        new PostmarkEmail(http),
        new ResendEmail(http),
        new SendGridEmail(http),
        new SesEmail(http, clock),
        new SmtpEmail(smtp, clock),
        new SparkPostEmail(http),
        new WebhookEmail(http),
    ];

    private static IProvider[] Pushes(OutboundHttp http, TimeProvider clock) =>
    [
        new ApnsPush(http, clock),
        new ExpoPush(http),
        new FcmPush(http, clock),
        new OneSignalPush(http),
        new PusherBeamsPush(http),
        new PushpadPush(http),
        new WebhookPush(http),
    ];

    private static IProvider[] Texts(OutboundHttp http, TimeProvider clock) =>
    [
        new AfricasTalkingSms(http),
        new AzureSms(http, clock),
        new BandwidthSms(http),
        new BrevoSms(http),
        new BulkSms(http),
        new BurstSms(http),
        new ClickatellSms(http),
        new ClicksendSms(http),
        new DemoSms(),
        new EazySms(http),
        new FiretextSms(http),
        new FortySixElksSms(http),
        new GenericSms(http),
        new GupshupSms(http),
        new InfobipSms(http),
        new ISendSms(http),
        new KannelSms(http),
        new MaqsamSms(http),
        new MessageBirdSms(http),
        new MobishastraSms(http),
        new NexmoSms(http),
        new PlivoSms(http),
        new RingCentralSms(http, clock),
        new SendchampSms(http),
        new SimpleTextingSms(http),
        new Sms77Sms(http),
        new SmsCentralSms(http),
        new SnsSms(http, clock),
        new TelnyxSms(http),
        new TermiiSms(http),
        new TwilioSms(http),
    ];
}
