using System.Text.Json;
using Carillon.Data.Subscribers;
using Carillon.Engine.Templating.Values;

namespace Carillon.Engine.Steps;

/// <summary><see cref="SubscriberJson"/> for templates, which ask for a name and little else: what is asked seldom is written as JSON when it is.</summary>
internal sealed class SubscriberMembers(Subscriber subscriber) : TemplateObject
{
    private JsonElement Json => field.ValueKind == JsonValueKind.Undefined ? field = SubscriberJson.Of(subscriber) : field;

    public override TemplateValue Member(string name) => name switch
    {
        "_id" => subscriber.Id,
        "subscriberId" => subscriber.ExternalId,
        "firstName" => Said(subscriber.FirstName),
        "lastName" => Said(subscriber.LastName),
        "email" => Said(subscriber.Email),
        "phone" => Said(subscriber.Phone),
        "avatar" => Said(subscriber.Avatar),
        "locale" => Said(subscriber.Locale),
        "timezone" => Said(subscriber.Timezone),
        _ => JsonText.Member(Json, new PathPart(name)),
    };

    public override IEnumerable<KeyValuePair<string, TemplateValue>> Members() => JsonText.Members(Json);

    private static TemplateValue Said(string? text) => text is null ? default : (TemplateValue)text;
}
