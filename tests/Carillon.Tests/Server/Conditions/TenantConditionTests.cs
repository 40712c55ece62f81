using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Tests.Server.Events;
using Carillon.Tests.Server.Preferences;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server.Conditions;

/// <summary>What conditions know of the tenant, and which account a tenant's mail goes through.</summary>
public sealed class TenantConditionTests
{
    private const string Selected = "Integration instance selected";

    [Fact]
    public async Task A_variant_can_be_for_one_tenant()
    {
        await using var app = await StartAsync();
        var workflow = await app.CreateWorkflowAsync("Greet", new
        {
            template = new { type = "in_app", content = "all" },
            active = true,
            variants = new[] { new { template = new { type = "in_app", content = "for {{tenant.name}}" }, active = true, filters = For("data.plan", "gold") } },
        });

        await app.TriggeredAsync(new { name = workflow.Identifier(), to = "ann", tenant = new { identifier = "acme" } });
        await app.TriggeredAsync(new { name = workflow.Identifier(), to = "ann", tenant = new { identifier = "other" } });
        await app.SettledAsync();

        Assert.Equal(["all", "for Acme"], (await app.FeedAsync("ann")).Order());
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task An_account_with_conditions_is_for_whom_they_hold_and_before_the_primary(Store store)
    {
        await using var peer = await HttpPeer.StartAsync(200);
        await using var app = await StartAsync(store);
        await AccountAsync(app, peer, "usual");
        await AccountAsync(app, peer, "acmes", For("identifier", "acme"));
        var workflow = await app.CreateWorkflowAsync(
            "Mail", new { template = new { type = "email", contentType = "customHtml", subject = "S", content = "<p>x</p>" }, active = true });

        Assert.Equal("acmes", await ThroughAsync(app, workflow, new { identifier = "acme" }));
        Assert.Equal("usual", await ThroughAsync(app, workflow, new { identifier = "other" }));
        Assert.Equal("usual", await ThroughAsync(app, workflow, tenant: null));
    }

    [Fact]
    public async Task An_account_that_is_only_for_others_is_none()
    {
        await using var peer = await HttpPeer.StartAsync(200);
        await using var app = await StartAsync();
        await AccountAsync(app, peer, "acmes", For("identifier", "acme"));
        var workflow = await app.CreateWorkflowAsync(
            "Mail", new { template = new { type = "email", contentType = "customHtml", subject = "S", content = "<p>x</p>" }, active = true });

        var job = Assert.Single(await app.JobsAsync(workflow, "ann"));

        Assert.Contains("Subscriber does not have an active integration", job.Details());
    }

    private static async Task<string?> ThroughAsync(CarillonApp app, JsonElement workflow, object? tenant)
    {
        var transactionId = await app.TriggeredAsync(
            tenant is null ? new { name = workflow.Identifier(), to = "ann" } : (object)new { name = workflow.Identifier(), to = "ann", tenant });
        await app.SettledAsync();
        return (await app.JobsOfAsync(transactionId))[0].Raw(Selected).GetProperty("identifier").GetString();
    }

    private static Task<HttpResponseMessage> AccountAsync(CarillonApp app, HttpPeer peer, string identifier, object[]? conditions = null) => app.Api.PostAsJsonAsync("/v1/integrations", new
    {
        providerId = "email-webhook",
        channel = "email",
        identifier,
        credentials = new { webhookUrl = peer.Url, secretKey = "s", from = "shop@example.com" },
        active = true,
        check = false,
        conditions = conditions ?? [],
    });

    private static object[] For(string field, string value) =>
        [new { isNegated = false, type = "GROUP", value = "AND", children = new[] { new { on = "tenant", field, @operator = "EQUAL", value } } }];

    private static async Task<CarillonApp> StartAsync(Store store = Store.Sqlite)
    {
        var app = await CarillonApp.StartAsync(store, settings: ("Carillon:Outbound:Allow:0", "127.0.0.0/8"));
        await app.Api.PostAsJsonAsync("/v1/subscribers", new { subscriberId = "ann", email = "ann@example.com" });
        await app.Api.PostAsJsonAsync("/v1/tenants", new { identifier = "acme", name = "Acme", data = new { plan = "gold" } });
        await app.Api.PostAsJsonAsync("/v1/tenants", new { identifier = "other", name = "Other" });
        return app;
    }
}
