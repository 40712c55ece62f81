using System.Collections.Frozen;
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
    /// <summary>Every provider we ship, in alphabetical order. Adding one is one line here; two with one id throw at start-up.</summary>
    public static FrozenDictionary<string, IProvider> Create(OutboundHttp http, SmtpPool smtp, TimeProvider clock) => ById(
        new AfricasTalkingSms(http),
        new AzureSms(http, clock),
        new BandwidthSms(http),
        new BrazeEmail(http),
        new BrevoEmail(http),
        new BrevoSms(http),
        new BulkSms(http),
        new BurstSms(http),
        new ClickatellSms(http),
        new ClicksendSms(http),
        new DemoEmail(),
        new DemoSms(),
        new EazySms(http),
        new ExpoPush(http),
        new FcmPush(http, clock),
        new FiretextSms(http),
        new FortySixElksSms(http),
        new GenericSms(http),
        new GupshupSms(http),
        new InfobipEmail(http),
        new InfobipSms(http),
        new ISendSms(http),
        new KannelSms(http),
        new MailerSendEmail(http),
        new MailgunEmail(http),
        new MailjetEmail(http),
        new MailtrapEmail(http),
        new MandrillEmail(http),
        new MaqsamSms(http),
        new MessageBirdSms(http),
        new MobishastraSms(http),
        new NetcoreEmail(http),
        new NexmoSms(http),
        new NovuInApp(),
        new Outlook365Email(smtp, clock),
        new PlivoSms(http),
        new PlunkEmail(http),
        new PostmarkEmail(http),
        new ResendEmail(http),
        new RingCentralSms(http, clock),
        new SendchampSms(http),
        new SendGridEmail(http),
        new SesEmail(http, clock),
        new SimpleTextingSms(http),
        new SlackChat(http),
        new SmsCentralSms(http),
        new Sms77Sms(http),
        new SmtpEmail(smtp, clock),
        new SnsSms(http, clock),
        new SparkPostEmail(http),
        new TelnyxSms(http),
        new TermiiSms(http),
        new TwilioSms(http),
        new WebhookEmail(http),
        new WebhookPush(http));

    internal static FrozenDictionary<string, IProvider> ById(params IEnumerable<IProvider> providers) =>
        providers.ToDictionary(provider => provider.Info.Id).ToFrozenDictionary();
}
