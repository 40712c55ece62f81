using System.Globalization;
using Carillon.Data.Mapping;

namespace Carillon.Data.Outgoing;

/// <summary>
/// An endpoint that is switched on, as its environment's own row tells of it: whoever has that row at hand knows without another look
/// whether anybody listens.
/// </summary>
public sealed record Outlet(string EndpointId, IReadOnlyList<string> Types)
{
    public bool Wants(string type) => Types.Count == 0 || Types.Contains(type);
}

public static class Outlets
{
    extension(IReadOnlyList<Outlet> outlets)
    {
        public bool Want(string type) => outlets.Any(outlet => outlet.Wants(type));

        /// <summary>
        /// The rows by which those who want it hear of this. <paramref name="id"/> gives each row its own, and names the event to all of them.
        /// </summary>
        public IEnumerable<OutgoingEvent> Tell(string environmentId, string type, object data, DateTimeOffset now, Func<int, string> id)
        {
            if (!outlets.Want(type)) return [];

            var (body, messageId) = (BodyOf(type, data, now), $"msg_{id(0)}");
            return outlets.Where(outlet => outlet.Wants(type)).Select((outlet, place) => new OutgoingEvent
            {
                Id = id(place),
                EnvironmentId = environmentId,
                EndpointId = outlet.EndpointId,
                MessageId = messageId,
                Type = type,
                Payload = body,
                DueAt = now,
                CreatedAt = now,
                UpdatedAt = now,
            });
        }
    }

    public static string BodyOf(string type, object data, DateTimeOffset now) =>
        JsonColumn.Write(new { type, timestamp = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), data });
}
