using System.Text.RegularExpressions;
using Carillon.Data;
using Carillon.Data.Topics;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Topics.V2;

/// <summary>Makes a topic, or names the one that has this key. One that is made without a name is called by its key.</summary>
internal static partial class PutTopic
{
    private const string KeyRule =
        "key must contain only alphanumeric characters (a-z, A-Z, 0-9), hyphens (-), underscores (_), colons (:), or be a valid email address";

    public sealed record Request(string Key, string? Name) : IRequest<Request>
    {
        public static Request Read(Fields fields)
        {
            var key = fields.TopicText("key");
            if (key.Length > 0) fields["key"].Must(Keys().IsMatch(key) || Formats.IsEmail(key), KeyRule);
            return new(key, fields["name"].IsNothing ? null : fields.TopicText("name"));
        }
    }

    public static async Task<Answer<TopicV2View>> Handle(
        Body<Request> body, Caller caller, CurrentEnvironment environment, CarillonDb db, Ids ids, TimeProvider clock, CancellationToken ct) =>
        Answer.Of(TopicV2View.Of(await db.RetryLostRacesAsync(async () =>
        {
            var (key, name) = body.Value;
            var now = clock.GetUtcNow();
            if (await db.Topics.SingleOrDefaultAsync(one => one.Key == key, ct) is not { } topic)
            {
                topic = CreateTopic.New(key, name ?? key, environment.Id, caller.OrganizationId, ids.New(), now);
                db.Topics.Add(topic);
            }
            else if (name is not null && name != topic.Name)
            {
                (topic.Name, topic.UpdatedAt) = (name, now);
            }

            await db.SaveChangesAsync(ct);
            return topic;
        })));

    [GeneratedRegex("^[a-zA-Z0-9_:-]+$")]
    private static partial Regex Keys();
}
