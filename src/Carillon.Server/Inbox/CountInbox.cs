using System.Text.Json;
using Carillon.Data;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.InApp;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.Inbox;

/// <summary>Counts one's notifications by several filters at once, each up to a limit beyond which nobody counts.</summary>
internal static class CountInbox
{
    private const int MostFilters = 30;

    /// <summary>The filters come as the text of a list.</summary>
    public sealed record Request(string? Filters) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(fields["filters"].TextOrNull);
    }

    public sealed record View(IReadOnlyList<Count> Data);

    public sealed record Count([property: System.Text.Json.Serialization.JsonPropertyName("count")] int Number, NotificationFilter Filter);

    public static async Task<Results<Unwrapped<View>, Problem>> Handle(
        Query<Request> query, Caller caller, CarillonDb db, Tagged tagged, CancellationToken ct)
    {
        var (filters, problem) = Parse(query.Value.Filters);
        problem ??= filters.Select(filter => filter.Check()).FirstOrDefault(contradiction => contradiction is not null);
        if (problem is not null) return problem;

        var counts = new List<Count>();
        foreach (var filter in filters)
        {
            var messages = await filter.ApplyAsync(db.InboxOf(caller.SubscriberId), tagged, ct);
            counts.Add(new(await messages.CountUpToAsync(OpenSession.MostCounted, ct), filter));
        }

        return new Unwrapped<View>(new(counts));
    }

    private static (IReadOnlyList<NotificationFilter> Filters, Problem? Problem) Parse(string? text)
    {
        if (!TryParse(text, out var content)) return ([], Problem.BadRequest("Invalid filters, the JSON object should be provided."));

        var fields = new Fields(content);
        var field = fields["filters"].Defined().ArrayMaxSize(MostFilters).Array();
        var filters = fields.Problem is null ? field.Items(Read) : [];
        return (filters, fields.Problem);
    }

    private static bool TryParse(string? text, out JsonElement content)
    {
        content = JsonSerializer.SerializeToElement(new { });
        if (text is null) return true;

        try
        {
            content = JsonSerializer.SerializeToElement(new { filters = JsonElement.Parse(text) });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static NotificationFilter Read(Fields filter)
    {
        var tags = filter.OptionalStrings("tags");
        return new(tags, filter.OptionalBool("read"), filter.OptionalBool("archived"));
    }
}
