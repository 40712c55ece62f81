using System.Globalization;
using Carillon.Data;
using Carillon.Data.Hints;
using Carillon.Data.Outgoing;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Outlets;

/// <summary>After an outage: everything that was given up since it began is sent again.</summary>
internal static class ReplayFailed
{
    public sealed record Request(DateTimeOffset Since) : IRequest<Request>
    {
        public static Request Read(Fields fields)
        {
            var since = fields["since"].Defined().String();
            var isTime = DateTimeOffset.TryParse(since.TextOrNull, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time);
            since.Must(isTime, "since must be a time in ISO 8601, such as 2031-05-04T12:00:00Z");
            return new(time);
        }
    }

    public sealed record View(int Replayed);

    public static async Task<Results<Answer<View>, Problem>> Handle(
        MongoId endpointId, Body<Request> body, CarillonDb db, IHints hints, TimeProvider clock, CancellationToken ct)
    {
        if (!await db.EventEndpoints.AnyAsync(one => one.Id == endpointId.Text, ct)) return GetEndpoint.Unknown(endpointId);

        var (since, now) = (body.Value.Since, clock.GetUtcNow());
        var replayed = await db.OutgoingEvents
            .Where(e => e.EndpointId == endpointId.Text && e.CreatedAt >= since && e.Status == OutgoingStatus.Failed)
            .ExecuteUpdateAsync(row => row.Again(now), ct);
        if (replayed > 0) hints.TellOutgoingDue();
        return Answer.Of(new View(replayed));
    }
}
