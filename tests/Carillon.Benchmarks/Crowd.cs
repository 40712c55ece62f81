using System.Globalization;
using Carillon.Driving;

namespace Carillon.Benchmarks;

/// <summary>Subscribers by the hundred thousand: copies of one that was made through the API, each in the topics that the number says.</summary>
internal static class Crowd
{
    public static async Task MakeAsync(ThrowAwayStore store, Client client, int people, params (string Key, int Members)[] topics)
    {
        await client.SubscribeAsync([Bench.Subscriber(0)]);
        foreach (var (key, _) in topics) await client.JoinAsync(key, [Bench.Subscriber(0)]);

        await RunAsync(store, Copies(client.EnvironmentId, people));
        foreach (var (key, members) in topics) await RunAsync(store, Members(client.EnvironmentId, key, members));
        await RunAsync(store, "VACUUM ANALYZE subscribers");
        await RunAsync(store, "VACUUM ANALYZE topic_subscribers");

        // Or the database would still be writing it down while something else is measured.
        await RunAsync(store, "CHECKPOINT");
    }

    /// <summary>For what takes minutes.</summary>
    public static async Task RunAsync(ThrowAwayStore store, string sql)
    {
        await using var connection = await store.OpenAsync();
        await using var command = ThrowAwayStore.Command(connection, sql);
        command.CommandTimeout = 1800;
        await command.ExecuteNonQueryAsync();
    }

    // As the server makes them: time, fraction, bucket, process, counter; a thousand of them each second of the past.
    private static string Copies(string environmentId, int people) => string.Create(CultureInfo.InvariantCulture, $$"""
        INSERT INTO subscribers SELECT made.* FROM subscribers AS one CROSS JOIN generate_series(1, {{people - 1}}) AS i
        CROSS JOIN LATERAL jsonb_populate_record(one, jsonb_build_object(
            'id', lpad(to_hex(1700000000 + i / 1000), 8, '0') || lpad(to_hex(i % 1000 * 65), 4, '0') || lpad(to_hex(i * 167 % 256), 2, '0')
                || 'cafe' || lpad(to_hex(i), 6, '0'),
            'external_id', 'subscriber-' || i, 'email', 'subscriber-' || i || '@example.com')) AS made
        WHERE one.environment_id = '{{environmentId}}' AND one.external_id = 'subscriber-0'
        """);

    private static string Members(string environmentId, string key, int members) => string.Create(CultureInfo.InvariantCulture, $$"""
        INSERT INTO topic_subscribers SELECT made.* FROM topics AS topic JOIN topic_subscribers AS one ON one.topic_id = topic.id
        JOIN subscribers AS other ON other.environment_id = topic.environment_id
        CROSS JOIN LATERAL jsonb_populate_record(one, jsonb_build_object(
            'subscriber_id', other.id, 'id', overlay(other.id placing 'beef' from 15 for 4))) AS made
        WHERE topic.environment_id = '{{environmentId}}' AND topic.key = '{{key}}' AND other.external_id <> 'subscriber-0'
          AND substr(other.external_id, 12)::int < {{members}}
        """);
}
