using System.Diagnostics.CodeAnalysis;
using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Topics.V2;

/// <summary>Topics with a key or a part of one, or with a part of a name.</summary>
internal static class SearchTopics
{
    private const string InTheDatabase = "It becomes SQL, which knows no cultures.";

    public sealed record Request(Cursor Cursor, string? Key, string? Name) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(Cursor.Read(fields), fields.OptionalString("key"), fields.OptionalString("name"));
    }

    [SuppressMessage("Globalization", "CA1304", Justification = InTheDatabase)]
    [SuppressMessage("Globalization", "CA1311", Justification = InTheDatabase)]
    [SuppressMessage("Performance", "CA1862", Justification = InTheDatabase)]
    public static async Task<Unwrapped<CursorPage<TopicV2View>>> Handle(Query<Request> query, CarillonDb db, CancellationToken ct)
    {
        var (cursor, key, name) = query.Value;
        var topics = db.Topics.AsNoTracking();
        if (!string.IsNullOrEmpty(key)) topics = topics.Where(topic => topic.Key.Contains(key));
        if (name?.ToLowerInvariant() is { Length: > 0 } part) topics = topics.Where(topic => topic.Name.ToLower().Contains(part));

        var found = await cursor.FindAsync(topics.Select(topic => topic.Id), ct);
        var rows = await db.Topics.AsNoTracking().Where(topic => found.Ids.Contains(topic.Id)).ToListAsync(ct);
        return found.Show(rows.Select(TopicV2View.Of), topic => topic.Id);
    }
}
