using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Data.Mail;
using Carillon.Data.Mapping;
using Carillon.Data.Messages;
using Carillon.Data.Secrets;
using Carillon.Data.Workflows;
using Carillon.Engine.Chores;
using Carillon.Engine.Running;
using Carillon.Engine.Templating;
using Carillon.Providers.Http;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Views;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.InboundParse.Replies;

/// <summary>What an application is sent, and where; without an address, what is missing for it.</summary>
internal sealed record ReplyLetter(Uri? Url, byte[] Body, string? Missing = null)
{
    public static ReplyLetter Without(string what) => new(null, [], what);
}

/// <summary>Puts together what an application is told of an answer: the mail, and everything about the message that it answers.</summary>
internal sealed class ReplyLetters(
    Database database, WorkflowVersions versions, Templates templates, SecretBox secrets, RetentionOptions retention)
{
    public async Task<ReplyLetter> OfAsync(IncomingMail mail, CancellationToken ct)
    {
        var bucket = (short)Ids.BucketOf(mail.MessageId);
        await using var db = database.Open(mail.EnvironmentId);
        if (await db.Messages.IgnoreQueryFilters([CarillonDb.DeletedFilter]).AsNoTracking()
                .SingleOrDefaultAsync(message => message.Bucket == bucket && message.Id == mail.MessageId, ct) is not { } message)
            return ReplyLetter.Without("The message that it answers no longer exists");

        var version = await versions.GetAsync(mail.EnvironmentId, message.VersionId, ct);
        var e = await db.Events.AsNoTracking().SingleOrDefaultAsync(e => e.Id == message.EventId, ct);
        var content = e is null ? null : JsonColumn.Read<EventContent>(e.Content);
        if (Address(version.ActiveSteps[message.Step], content) is not { } url) return ReplyLetter.Without("The step has no callback URL that can be called");

        var subscriber = await db.Subscribers.IgnoreQueryFilters([CarillonDb.DeletedFilter]).AsNoTracking().SingleAsync(one => one.Id == message.SubscriberId, ct);
        var run = await db.Runs.AsNoTracking().SingleOrDefaultAsync(run => run.Bucket == bucket && run.Id == message.RunId, ct);
        var body = new ReplyBody
        {
            Hmac = await SignatureAsync(db, subscriber.ExternalId, ct),
            TransactionId = e?.TransactionId,
            Payload = WithoutFiles(content?.Payload),
            TemplateIdentifier = version.Identifier,
            Template = ReplyBody.TemplatePart.Of(version),
            Notification = run is null ? null : ReplyBody.NotificationPart.Of(run, subscriber, version, e?.TransactionId),
            Message = Shown(message, version, subscriber.OrganizationId, e, content),
            Mail = MailView.Of(mail),
        };
        return new(url, JsonSerializer.SerializeToUtf8Bytes(body, Wire.Json));
    }

    private Uri? Address(WorkflowStep step, EventContent? content)
    {
        if (step.ReplyCallback is not { ValueKind: JsonValueKind.Object } callback
            || !callback.TryGetProperty("url", out var url) || url.ValueKind != JsonValueKind.String)
            return null;

        var words = new TemplateContext(content?.Payload ?? default) { PrintsPlain = true };
        return templates.Render(url.GetString(), words) is Rendered rendered ? OutboundUrl.Parse(rendered.Text.Trim()) : null;
    }

    private MessageView Shown(Message message, WorkflowVersion version, string organizationId, Event? e, EventContent? content)
    {
        var events = new Dictionary<string, MessageSurroundings.EventPart>();
        if (e is not null) events[e.Id] = new(e.TransactionId, content!);
        var surroundings = new MessageSurroundings(
            organizationId, retention, events, new Dictionary<string, WorkflowVersion> { [version.Id] = version }, new Dictionary<string, Person>());
        return surroundings.Show(message, MessageDetail.Bare) with { Payload = null };
    }

    // By it the application knows that we are who asks: nobody else has the key.
    private async Task<string> SignatureAsync(CarillonDb db, string subscriberId, CancellationToken ct)
    {
        var cipher = await db.ApiKeys.OrderBy(key => key.Id).Select(key => key.Cipher).FirstAsync(ct);
        var key = Encoding.UTF8.GetBytes(secrets.Open(Purpose.ApiKey, cipher));
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(subscriberId)));
    }

    // The application has the files that it sent.
    private static Dictionary<string, JsonElement> WithoutFiles(JsonElement? payload) =>
        payload is { ValueKind: JsonValueKind.Object } given
            ? given.EnumerateObject().Where(member => member.Name != "attachments").ToDictionary(member => member.Name, member => member.Value)
            : [];
}
