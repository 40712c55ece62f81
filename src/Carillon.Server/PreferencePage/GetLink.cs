using Carillon.Data;
using Carillon.Engine.Emails;
using Carillon.Server.Http;
using Carillon.Server.Http.Answers;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.PreferencePage;

/// <summary>The address of a subscriber's page, for the application to send them to. Whoever has it can change what they receive.</summary>
internal static class GetLink
{
    public sealed record View(string Url);

    public static async Task<Results<Answer<View>, Problem>> Handle(
        string subscriberId, CarillonDb db, CurrentEnvironment environment, PreferenceLinks links, PublicAddress address, CancellationToken ct)
    {
        var id = await db.Subscribers.Where(subscriber => subscriber.ExternalId == subscriberId).Select(subscriber => subscriber.Id).SingleOrDefaultAsync(ct);
        return id is null
            ? Problem.NotFound($"Subscriber not found for id {subscriberId}")
            : Answer.Of(new View($"{address.Root}{links.PathOf(environment.Id, id)}"));
    }
}
