using System.Net.Http.Json;
using System.Reflection;
using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Carillon.Tests.Server.Events;

/// <summary>What a call may carry, where others take it for wrong or lose it.</summary>
public sealed class TriggerCallTests
{
    [Theory]
    [InlineData("\"acme\"", "\"bob\"")]
    [InlineData("""{"identifier":"acme"}""", """{"subscriberId":"bob"}""")]
    public async Task A_tenant_and_an_actor_may_be_named_by_their_ids_also_where_the_words_need_them(string tenant, string actor)
    {
        await using var app = await CarillonApp.StartAsync();
        await app.Api.PostAsJsonAsync("/v1/tenants", new { identifier = "acme", name = "Acme" });
        var workflow = await app.CreateWorkflowAsync("Greet", WorkflowRequests.InApp("{{tenant.name}} {{actor.subscriberId}}"));

        var answer = await app.Api.PostTextAsync(
            EventRequests.Route, $$"""{"name":"{{workflow.Identifier()}}","to":"ann","payload":{},"tenant":{{tenant}},"actor":{{actor}}}""");

        Assert.Equal("processed", (await answer.DataAsync()).GetProperty("status").GetString());
        await app.SettledAsync();
        Assert.Equal(["Acme bob"], await app.FeedAsync("ann"));
    }

    [Fact]
    public async Task Defaults_of_all_steps_count_the_first_that_has_one_first()
    {
        await using var app = await CarillonApp.StartAsync();
        await app.CreateWorkflowAsync("Greet", With("{{a}}{{b.c}}", ("a", "A"), ("b.c", "C")), With("{{a}}{{d}}", ("a", "X"), ("d", "D")));

        await app.TriggeredAsync(new { name = "greet", to = "ann", payload = new { b = new { } } });
        await app.SettledAsync();

        Assert.Equal(["AC", "AD"], (await app.FeedAsync("ann")).Order());
    }

    [Theory]
    [InlineData("broadcast", """{"name":"off","payload":{}}""")]
    [InlineData("", """{"name":"off","to":"ann","payload":{}}""")]
    public async Task Whoever_it_is_for_a_workflow_that_is_off_says_so(string route, string body)
    {
        await using var app = await CarillonApp.StartAsync();
        var workflow = await app.CreateWorkflowAsync("Off");
        await app.Api.PutAsJsonAsync($"{workflow.Path()}/status", new { active = false });

        var answer = await app.Api.PostTextAsync($"{EventRequests.Route}/{route}".TrimEnd('/'), body);

        Assert.Equal("trigger_not_active", (await answer.DataAsync()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Of_many_events_each_keeps_the_controls_that_it_brings()
    {
        await using var app = await CarillonApp.StartAsync();
        await app.CreateWorkflowAsync("Greet");

        await app.Api.PostAsJsonAsync("/v1/events/trigger/bulk", new
        {
            events = new[] { "a", "b" }.Select(word => new { name = "greet", to = "ann", payload = new { }, transactionId = word, controls = new { steps = new { one = new { word } } } }),
        });
        await app.SettledAsync();

        foreach (var word in new[] { "a", "b" })
            Assert.Equal($$$$"""{"steps":{"one":{"word":"{{{{word}}}}"}}}""", (await app.NotificationAsync(word)).GetProperty("controls").GetRawText());
    }

    // However many events are expanded together: people are looked up and saved as a set.
    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task People_of_many_events_are_looked_up_at_once(Store store)
    {
        Counting? counting = null;
        await using var app = await CarillonApp.StartAsync(store, services: services => services.AddSingleton(all =>
        {
            var counted = DispatchProxy.Create<IEngineStore, Counting>();
            counting = (Counting)(object)counted;
            counting.Inner = all.GetRequiredService<Database>().OpenEngineStore();
            return counted;
        }));
        await app.CreateWorkflowAsync("Greet", WorkflowRequests.InApp("{{subscriber.firstName}}"));

        await app.Api.PostAsJsonAsync("/v1/events/trigger/bulk", new
        {
            events = Enumerable.Range(0, 60).Select(i => new { name = "greet", to = new { subscriberId = $"s{i % 30}", firstName = $"F{i % 30}" }, actor = "bob", payload = new { } }),
        });
        await app.SettledAsync();

        Assert.Equal(["F7", "F7"], await app.FeedAsync("s7"));
        Assert.InRange(counting!.Looks, 1, 12);
    }

    private static object With(string content, params (string Name, string Default)[] variables) => new
    {
        template = new
        {
            type = "in_app", content, variables = variables.Select(one => new { name = one.Name, type = "String", required = false, defaultValue = one.Default }),
        },
        active = true,
    };

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1852", Justification = "The proxy is made of it at run time.")]
    internal class Counting : DispatchProxy
    {
        private int _looks;

        public IEngineStore Inner { get; set; } = null!;
        public int Looks => _looks;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name is nameof(IEngineStore.FindSubscribersAsync) or nameof(IEngineStore.SaveSubscribersAsync)) Interlocked.Increment(ref _looks);
            return targetMethod.Invoke(Inner, args);
        }
    }
}
