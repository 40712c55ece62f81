using System.Text.Json;
using Carillon.Data.Execution;
using Carillon.Data.Subscribers;
using Carillon.Data.Topics;

namespace Carillon.Contract.Execution;

public abstract partial class EngineStoreContract
{
    [Fact]
    public async Task A_saved_subscriber_is_found_by_its_external_id()
    {
        var ada = FullSubscriber("ada");

        await Store.SaveSubscribersAsync([ada, _rows.Subscriber(Here, "bob")], [], Ct);

        var found = await Store.FindSubscribersAsync(Here, ["ada", "nobody"], Ct);
        AssertSame(ada, Assert.Single(found));
    }

    [Fact]
    public async Task Saving_again_overwrites_what_is_said_and_keeps_what_is_known()
    {
        var first = FullSubscriber("ada");
        await InsertAsync(first);
        var second = _rows.Subscriber(Here, "ada", "Augusta");
        second.UpdatedAt = Now.AddDays(1);

        await Store.SaveSubscribersAsync([second], [], Ct);

        var found = Assert.Single(await Store.FindSubscribersAsync(Here, ["ada"], Ct));
        Assert.Equal((first.Id, "Augusta", Now, Now.AddDays(1)), (found.Id, found.FirstName, found.CreatedAt, found.UpdatedAt));
        Assert.Null(found.Email);
        Assert.Null(found.Data);
        Assert.True(found.IsOnline);
        Assert.Equal(Now.AddHours(-1), found.LastOnlineAt);
    }

    [Fact]
    public async Task Saving_revives_a_deleted_subscriber_under_its_old_id()
    {
        var deleted = _rows.Subscriber(Here, "ada");
        deleted.DeletedAt = Now;
        await InsertAsync(deleted);
        Assert.Equal(Now, Assert.Single(await Store.FindSubscribersAsync(Here, ["ada"], Ct)).DeletedAt);

        await Store.SaveSubscribersAsync([_rows.Subscriber(Here, "ada", "Ada")], [], Ct);

        var found = Assert.Single(await Store.FindSubscribersAsync(Here, ["ada"], Ct));
        Assert.Equal((deleted.Id, "Ada", null), (found.Id, found.FirstName, found.DeletedAt));
    }

    [Fact]
    public async Task Of_one_person_twice_in_a_save_the_last_word_counts()
    {
        Subscriber[] twice = [_rows.Subscriber(Here, "ada", "First"), _rows.Subscriber(Here, "ada", "Last"), _rows.Subscriber(Elsewhere, "ada", "Other")];

        await Store.SaveSubscribersAsync(twice, [], Ct);

        Assert.Equal("Last", Assert.Single(await Store.FindSubscribersAsync(Here, ["ada"], Ct)).FirstName);
        Assert.Equal("Other", Assert.Single(await Store.FindSubscribersAsync(Elsewhere, ["ada"], Ct)).FirstName);
    }

    [Fact]
    public async Task Saving_and_finding_nobody_is_nothing()
    {
        await Store.SaveSubscribersAsync([], [], Ct);

        Assert.Empty(await Store.FindSubscribersAsync(Here, [], Ct));
        Assert.Empty(await Store.SubscribersAsync([], Ct));
    }

    [Fact]
    public async Task Saves_of_the_same_people_at_the_same_time_all_end_in_one_row_each()
    {
        for (var round = 0; round < 10; round++)
        {
            var people = Enumerable.Range(0, 100).Select(i => $"{round}-{i}").ToList();
            await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => SaveAsync(i % 2 == 0 ? people : Enumerable.Reverse(people)), Ct)));

            var found = await Store.FindSubscribersAsync(Here, people, Ct);
            Assert.Equal(people.Order(), found.Select(s => s.ExternalId).Order());
        }

        Task SaveAsync(IEnumerable<string> people) => Store.SaveSubscribersAsync([.. people.Select(name => _rows.Subscriber(Here, name))], [], Ct);
    }

    [Fact]
    public async Task Subscribers_are_found_by_id_only_in_their_own_environment()
    {
        var here = FullSubscriber("ada");
        var elsewhere = _rows.Subscriber(Elsewhere, "ada");
        await Store.SaveSubscribersAsync([here, elsewhere], [], Ct);

        var found = await Store.SubscribersAsync([new(Here, here.Id), new(Here, elsewhere.Id), new(Elsewhere, here.Id)], Ct);

        AssertSame(here, Assert.Single(found));
    }

    [Fact]
    public async Task Everybody_comes_page_by_page_whole_once_and_in_order()
    {
        var people = await SaveAsync(Here, 23);
        await SaveAsync(Elsewhere, 5);

        var pages = await PagesAsync((after, limit) => Store.EverybodyAsync(Here, after, limit, Ct), 5);

        Assert.Equal(people.Select(s => s.Id).Order(StringComparer.Ordinal), pages);
    }

    [Fact]
    public async Task Everybody_leaves_the_deleted_out()
    {
        var people = await SaveAsync(Here, 3);
        await DeleteAsync(people[1]);

        var pages = await PagesAsync((after, limit) => Store.EverybodyAsync(Here, after, limit, Ct), 2);

        Assert.Equal(new[] { people[0].Id, people[2].Id }.Order(StringComparer.Ordinal), pages);
    }

    [Fact]
    public async Task A_topic_comes_page_by_page_whole_once_and_in_order()
    {
        var people = await SaveAsync(Here, 23);
        var (topic, other) = (_rows.Id(), _rows.Id());
        await InsertAsync([.. people.Select(s => _rows.Member(topic, s)), .. people.Take(3).Select(s => _rows.Member(other, s))]);

        Assert.Equal(people.Select(s => s.Id).Order(StringComparer.Ordinal), await TopicAsync(Here, topic));
        Assert.Equal(people.Take(3).Select(s => s.Id).Order(StringComparer.Ordinal), await TopicAsync(Here, other));
    }

    [Fact]
    public async Task A_topic_leaves_the_deleted_out_and_shows_nothing_to_another_environment()
    {
        var people = await SaveAsync(Here, 3);
        var strangers = await SaveAsync(Elsewhere, 2);
        var topic = _rows.Id();
        await InsertAsync([.. people.Select(s => _rows.Member(topic, s)), _rows.Member(topic, strangers[0]), StrayMember(topic, strangers[1])]);
        await DeleteAsync(people[1]);

        Assert.Equal(new[] { people[0].Id, people[2].Id }.Order(StringComparer.Ordinal), await TopicAsync(Here, topic));
        Assert.Equal([strangers[0].Id], await TopicAsync(Elsewhere, topic));
    }

    private Task<List<string>> TopicAsync(string environmentId, string topic) =>
        PagesAsync((after, limit) => Store.TopicMembersAsync(environmentId, topic, after, limit, Ct), 5);

    /// <summary>A row that must not exist: somebody of another environment in a topic of this one.</summary>
    private TopicSubscriber StrayMember(string topic, Subscriber stranger) => new()
    {
        Id = _rows.Id(), TopicId = topic, SubscriberId = stranger.Id, EnvironmentId = Here, CreatedAt = Now,
    };

    private async Task<IReadOnlyList<Subscriber>> SaveAsync(string environmentId, int count)
    {
        IReadOnlyList<Subscriber> people = [.. Enumerable.Range(0, count).Select(i => _rows.Subscriber(environmentId, $"person-{i}"))];
        await Store.SaveSubscribersAsync(people, [], Ct);
        return people;
    }

    private async Task DeleteAsync(Subscriber subscriber)
    {
        await using var db = database.Database.Open(subscriber.EnvironmentId);
        db.Attach(subscriber);
        subscriber.DeletedAt = Now;
        await db.SaveChangesAsync(Ct);
    }

    private static async Task<List<string>> PagesAsync(Func<string, int, Task<IReadOnlyList<Subscriber>>> pageBehind, int limit)
    {
        var ids = new List<string>();
        while (true)
        {
            var page = await pageBehind(ids.LastOrDefault(""), limit);
            Assert.True(page.Count <= limit);
            if (page.Count == 0) return ids;
            ids.AddRange(page.Select(s => s.Id));
        }
    }

    private Subscriber FullSubscriber(string externalId)
    {
        var subscriber = _rows.Subscriber(Here, externalId, "Ada");
        (subscriber.LastName, subscriber.Email, subscriber.Phone) = ("Lovelace 🎉", "ada@example.test", "+44123");
        (subscriber.Avatar, subscriber.Locale, subscriber.Timezone) = ("https://example.test/a.png", "en_GB", "Europe/London");
        (subscriber.IsOnline, subscriber.LastOnlineAt) = (true, Now.AddHours(-1));
        subscriber.Data = JsonSerializer.SerializeToElement(new { plan = "große", seats = new[] { 1, 2 } });
        return subscriber;
    }

    // What a save writes; presence is not the engine's to say.
    private static void AssertSame(Subscriber expected, Subscriber actual)
    {
        Assert.True(JsonElement.DeepEquals(expected.Data!.Value, actual.Data!.Value));
        Assert.Equal(
            (expected.Id, expected.EnvironmentId, expected.OrganizationId, expected.ExternalId, expected.FirstName, expected.LastName),
            (actual.Id, actual.EnvironmentId, actual.OrganizationId, actual.ExternalId, actual.FirstName, actual.LastName));
        Assert.Equal(
            (expected.Email, expected.Phone, expected.Avatar, expected.Locale, expected.Timezone, expected.CreatedAt, expected.UpdatedAt),
            (actual.Email, actual.Phone, actual.Avatar, actual.Locale, actual.Timezone, actual.CreatedAt, actual.UpdatedAt));
    }
}
