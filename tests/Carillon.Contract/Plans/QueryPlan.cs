using System.Text.Json;
using Npgsql;

namespace Carillon.Contract.Plans;

/// <summary>How PostgreSQL would carry out what was sent.</summary>
internal static class QueryPlan
{
    public static async Task<JsonElement> OfAsync(string connectionString, SentCommand command)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var explain = new NpgsqlCommand($"EXPLAIN (FORMAT JSON) {command.Sql}", connection);
        foreach (var (name, value) in command.Parameters)
            explain.Parameters.AddWithValue(name, value);
        return JsonSerializer.Deserialize<JsonElement>((string)(await explain.ExecuteScalarAsync())!)[0].GetProperty("Plan");
    }

    /// <summary>Where it reads messages: how, and by which index.</summary>
    public static IEnumerable<(string? How, string? Index)> ScansOfMessages(JsonElement plan) =>
        from node in Nodes(plan)
        where node.TryGetProperty("Relation Name", out var relation) && relation.GetString() == "messages"
        select (node.GetProperty("Node Type").GetString(), node.TryGetProperty("Index Name", out var index) ? index.GetString() : null);

    public static IEnumerable<JsonElement> Nodes(JsonElement plan) =>
        plan.TryGetProperty("Plans", out var children) ? [plan, .. children.EnumerateArray().SelectMany(Nodes)] : [plan];
}
