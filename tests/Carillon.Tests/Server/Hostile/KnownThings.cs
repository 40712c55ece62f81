using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Carillon.Data.Secrets;
using Carillon.Engine.Emails;
using Carillon.Tests.Server.Events;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server.Hostile;

/// <summary>One of everything, and for each route a request about it that is in order.</summary>
internal sealed partial class KnownThings
{
    /// <summary>Written in everything, and never part of a question.</summary>
    public const string Secret = "quokka";

    private const string WorkflowBody = """
        {"name":"n","notificationGroupId":"{groupId}","description":"d","active":true,"draft":false,"tags":["t"],"critical":false,
         "preferenceSettings":{"email":true},"data":{"a":1},
         "steps":[{"template":{"type":"in_app","content":"x {{name}}","title":"t","variables":[{"name":"name","type":"String"}],
           "cta":{"type":"redirect","data":{"url":"/"},"action":{"status":"pending","buttons":[{"type":"primary","content":"ok"}]}}},
           "active":true,"name":"s","uuid":"u","filters":[],"shouldStopOnFail":false,"metadata":{"a":1}}]}
        """;

    private static readonly Dictionary<string, string> Bodies = new()
    {
        ["POST /v1/auth/register"] = """{"email":"hostile@example.com","password":"Passw0rd!x","firstName":"f","lastName":"l","organizationName":"o","origin":"web"}""",
        ["POST /v1/auth/login"] = """{"email":"stranger@example.com","password":"Passw0rd!x"}""",
        ["POST /v1/auth/reset/request"] = """{"email":"stranger@example.com"}""",
        ["POST /v1/auth/reset"] = """{"password":"Passw0rd!y","token":"8b9e0e5c-9bb5-4e36-a3d5-64c2d9d0b0aa"}""",
        ["POST /v1/auth/update-password"] = """{"currentPassword":"Passw0rd!x","newPassword":"Passw0rd!x","confirmPassword":"Passw0rd!x"}""",
        ["POST /v1/content-templates/preview/email"] = """
            {"content":[{"type":"text","content":"x {{name}}"},{"type":"button","content":"y","url":"https://example.com"}],"contentType":"editor",
             "payload":{"name":"n","step":{"digest":true,"events":[{}]}},"subject":"s {{name}}","preheader":"p","senderName":"n","layoutId":"{environmentId}"}
            """,
        ["POST /v1/content-templates/preview/in-app"] = """
            {"content":"x {{name}}","payload":{"name":"n"},"cta":{"type":"redirect","data":{"url":"/{{name}}"},"action":{"buttons":[{"type":"primary","content":"ok"}]}}}
            """,
        ["POST /v1/content-templates/preview/sms"] = """{"content":"x {{name}}","payload":{"name":"n"}}""",
        ["POST /v1/content-templates/preview/chat"] = """{"content":"x {{name}}","payload":{"name":"n"}}""",
        ["POST /v1/content-templates/preview/push"] = """{"content":"x {{name}}","title":"t","payload":{"name":"n"}}""",
        ["POST /v2/subscribers"] = """{"subscriberId":"v2","email":"v2@example.com","firstName":"f","lastName":"l","phone":"1","avatar":"a","locale":"en-US","timezone":"Europe/Berlin","data":{"a":1}}""",
        ["PATCH /v2/subscribers/{subscriberId}"] = """{"email":"v2@example.com","firstName":"f","lastName":"l","phone":"1","avatar":"a","locale":"en-US","timezone":"Europe/Berlin","data":{"a":1}}""",
        ["PATCH /v2/subscribers/{subscriberId}/preferences"] = """{"channels":{"email":true,"in_app":true},"workflowId":"{workflowId}"}""",
        ["POST /v2/topics"] = """{"key":"v2","name":"n"}""",
        ["PATCH /v2/topics/{topicKey}"] = """{"name":"n"}""",
        ["POST /v2/topics/{topicKey}/subscriptions"] = """{"subscriberIds":["{subscriberId}"]}""",
        ["DELETE /v2/topics/{topicKey}/subscriptions"] = """{"subscriberIds":["{subscriberId}"]}""",
        ["POST /v1/events/test/email"] = """
            {"content":"x {{name}}","contentType":"customHtml","payload":{"name":"n","$sender_email":"s@example.com"},"subject":"s","preheader":"p","to":["a@example.com"],"bridge":false}
            """,
        ["POST /v1/events/test/step"] = """
            {"workflowId":"{workflowId}","stepId":"{workflowId}","payload":{"name":"n"},"overrides":{},"subscriberId":"ann","to":"a@example.com"}
            """,
        ["POST /v1/environments"] = """{"name":"e","parentId":"{environmentId}"}""",
        ["PUT /v1/environments/{environmentId}"] = """{"name":"e","identifier":"zebra","parentId":"{environmentId}","dns":{"inboundParseDomain":"example.com"},"bridge":{"url":"https://example.com"},"sandbox":false}""",
        ["POST /v1/invites"] = """{"email":"i@example.com"}""",
        ["POST /v1/invites/bulk"] = """{"invitees":[{"email":"j@example.com"}]}""",
        ["POST /v1/invites/resend"] = """{"memberId":"{environmentId}"}""",
        ["PATCH /v1/organizations"] = """{"name":"o"}""",
        ["PUT /v1/organizations/branding"] = """{"logo":"https://example.com/l.png","color":"#fff","fontColor":"#fff","contentBackground":"#fff","fontFamily":"f"}""",
        ["PUT /v1/organizations/members/{memberId}/roles"] = """{"role":"admin"}""",
        ["PUT /v1/users/profile"] = """{"firstName":"f","lastName":"l","profilePicture":"https://example.com/l.png"}""",
        ["PUT /v1/users/profile/email"] = """{"email":"stranger2@example.com"}""",
        ["PUT /v1/users/onboarding"] = """{"showOnBoarding":true}""",
        ["PUT /v1/users/onboarding-tour"] = """{"showOnBoardingTour":1}""",
        ["POST /v1/organizations"] = """{"name":"o","logo":"https://example.com/l.png","jobTitle":"engineer","domain":"d","language":["ts"],"productUseCases":{"in_app":true}}""",
        ["POST /v1/notification-groups"] = """{"name":"g"}""",
        ["PATCH /v1/notification-groups/{id}"] = """{"name":"g2"}""",
        ["POST /v1/changes/bulk/apply"] = """{"changeIds":["{changeId}"]}""",
        ["POST /v1/changes/{changeId}/apply"] = "{}",
        ["POST /v1/feeds"] = """{"name":"f"}""",
        ["POST /v1/layouts"] = """{"name":"n","identifier":"l","description":"d","content":"<p>{{{body}}}</p>{{x}}","variables":[{"name":"x","type":"String","required":false,"defaultValue":"y"}],"isDefault":true}""",
        ["PATCH /v1/layouts/{layoutId}"] = """{"name":"n","identifier":"l2","description":"d","content":"<p>{{{body}}}</p>","variables":[{"name":"x","type":"String","required":true,"defaultValue":[1]}],"isDefault":true}""",
        ["POST /v1/tenants"] = """{"identifier":"t2","name":"n","data":{"k":1}}""",
        ["PATCH /v1/tenants/{identifier}"] = """{"identifier":"zebra-tenant","name":"n","data":{"k":1}}""",
        ["POST /v1/workflow-overrides"] = """{"workflowId":"{workflowId}","tenantId":"{tenantId}","active":true,"preferenceSettings":{"email":true,"in_app":true}}""",
        ["PUT /v1/workflow-overrides/{overrideId}"] = """{"active":true,"preferenceSettings":{"sms":true,"chat":true,"push":true}}""",
        ["PUT /v1/workflow-overrides/workflows/{workflowId}/tenants/{tenantId}"] = """{"active":true,"preferenceSettings":{"sms":true}}""",
        ["POST /v1/integrations"] = """
            {"providerId":"email-webhook","channel":"email","name":"n","identifier":"i","credentials":{"webhookUrl":"https://example.com","secretKey":"s","from":"a@example.com","senderName":"n"},
             "active":false,"check":false,"_environmentId":"{environmentId}","conditions":[{"isNegated":false,"type":"GROUP","value":"AND","children":[{"field":"identifier","value":"x","operator":"EQUAL","on":"tenant"}]}]}
            """,
        ["PUT /v1/integrations/{integrationId}"] = """
            {"name":"n","identifier":"i2","credentials":{"from":"a@example.com","senderName":"n"},"active":true,"check":false,"removeNovuBranding":true,
             "_environmentId":"{environmentId}","conditions":[{"isNegated":false,"type":"GROUP","value":"AND","children":[{"field":"identifier","value":"x","operator":"EQUAL","on":"tenant"}]}]}
            """,
        ["POST /v1/integrations/{integrationId}/set-primary"] = "{}",
        ["POST /v1/workflows"] = WorkflowBody,
        ["PUT /v1/workflows/{id}"] = """{"name":"n","tags":["t"],"identifier":"i","data":{"a":1},"steps":[{"template":{"type":"in_app","content":"x {{name}}"},"name":"s"}]}""",
        ["PUT /v1/workflows/{templateId}/status"] = """{"active":true}""",
        ["POST /v1/subscribers"] = """
            {"subscriberId":"new","email":"n@example.com","firstName":"f","lastName":"l","phone":"+1","avatar":"a","locale":"en","data":{"k":[1]},
             "channels":[{"providerId":"slack","integrationIdentifier":"zebra-slack","credentials":{"webhookUrl":"https://example.com/h","channel":"c","deviceTokens":["t"]}}]}
            """,
        ["POST /v1/subscribers/bulk"] = """{"subscribers":[{"subscriberId":"b1","email":"b@example.com","data":{"k":1}},{"subscriberId":"b2"}]}""",
        ["PUT /v1/subscribers/{subscriberId}"] = """{"email":"n@example.com","firstName":"zebra","data":{"k":1},"locale":"en","phone":"+1","avatar":"a"}""",
        ["PATCH /v1/subscribers/{subscriberId}/online-status"] = """{"isOnline":true}""",
        ["PUT /v1/subscribers/{subscriberId}/credentials"] = """{"providerId":"slack","integrationIdentifier":"zebra-slack","credentials":{"webhookUrl":"https://example.com/h","channel":"c","deviceTokens":["t"]}}""",
        ["PATCH /v1/subscribers/{subscriberId}/credentials"] = """{"providerId":"slack","credentials":{"webhookUrl":"https://example.com/h","deviceTokens":["u"]}}""",
        ["POST /v1/subscribers/{subscriberId}/messages/markAs"] = """{"messageId":["{messageId}"],"mark":{"seen":true,"read":true}}""",
        ["POST /v1/subscribers/{subscriberId}/messages/mark-as"] = """{"messageId":["{messageId}"],"markAs":"read"}""",
        ["POST /v1/subscribers/{subscriberId}/messages/mark-all"] = """{"markAs":"seen","feedIdentifier":["f"]}""",
        ["POST /v1/subscribers/{subscriberId}/messages/{messageId}/actions/{type}"] = """{"status":"done","payload":{"a":1}}""",
        ["POST /v1/widgets/session/initialize"] = """{"subscriberId":"new","applicationIdentifier":"{applicationIdentifier}","email":"n@example.com","firstName":"f","lastName":"l","phone":"+1","hmacHash":"h"}""",
        ["POST /v1/widgets/messages/markAs"] = """{"messageId":["{messageId}"],"mark":{"seen":true,"read":true}}""",
        ["POST /v1/widgets/messages/mark-as"] = """{"messageId":["{messageId}"],"markAs":"read"}""",
        ["POST /v1/widgets/messages/read"] = """{"feedId":["f"]}""",
        ["POST /v1/widgets/messages/seen"] = """{"feedId":"f"}""",
        ["POST /v1/widgets/messages/{messageId}/actions/{type}"] = """{"status":"done","payload":{"a":1}}""",
        ["POST /v1/widgets/messages/bulk/delete"] = """{"messageIds":["{messageId}"]}""",
        ["POST /v1/widgets/usage/log"] = """{"name":"n","payload":{"a":1}}""",
        ["POST /v1/inbox/session"] = """{"subscriberId":"new","applicationIdentifier":"{applicationIdentifier}","subscriberHash":"h"}""",
        ["POST /v1/inbox/notifications/read"] = """{"tags":["t"]}""",
        ["POST /v1/inbox/notifications/archive"] = """{"tags":["t"]}""",
        ["POST /v1/inbox/notifications/read-archive"] = """{"tags":["t"]}""",
        ["PATCH /v1/inbox/notifications/{notificationId}/complete"] = """{"actionType":"primary"}""",
        ["PATCH /v1/inbox/notifications/{notificationId}/revert"] = """{"actionType":"primary"}""",
        ["POST /v1/webhook-endpoints"] = """{"url":"https://127.0.0.1/hook","description":"d","types":["message.sent"],"enabled":false}""",
        ["PATCH /v1/webhook-endpoints/{endpointId}"] = """{"url":"https://127.0.0.1/hook","description":"d","types":["message.sent"],"enabled":false}""",
        ["POST /v1/webhook-endpoints/{endpointId}/deliveries/replay"] = """{"since":"2031-05-04T12:00:00Z"}""",
        ["POST /v1/topics"] = """{"key":"t2","name":"n"}""",
        ["PATCH /v1/topics/{topicKey}"] = """{"name":"n"}""",
        ["POST /v1/topics/{topicKey}/subscribers"] = """{"subscribers":["zebra-ann","nobody"]}""",
        ["POST /v1/topics/{topicKey}/subscribers/removal"] = """{"subscribers":["nobody"]}""",
        ["POST /v1/events/trigger"] = """
            {"name":"zebra","to":["h1",{"subscriberId":"h2","email":"h@example.com","firstName":"f","phone":"+1","locale":"en","data":{"k":1}},{"type":"Topic","topicKey":"zebra-team"}],
             "payload":{"name":"x","deep":{"a":[1]}},"overrides":{"in_app":{"a":1}},"actor":{"subscriberId":"h3","firstName":"f"},"tenant":{"identifier":"t","data":{"k":1}}}
            """,
        ["POST /v1/events/trigger/bulk"] = """{"events":[{"name":"zebra","to":"h4","payload":{"name":"x"}},{"name":"zebra","to":[{"subscriberId":"h5"}],"payload":{}}]}""",
        ["POST /v1/events/trigger/broadcast"] = """{"name":"nothing","payload":{"name":"x"},"overrides":{},"actor":"h3","tenant":"t"}""",
    };

    // Names that are asked for, and where a route needs them to come further, what is in order.
    private static readonly Dictionary<string, string[]> Parameters = new()
    {
        ["/v1/subscribers"] = ["page", "limit"],
        ["/v1/subscribers/{subscriberId}"] = ["includeTopics"],
        ["/v1/subscribers/{subscriberId}/notifications/feed"] = ["page", "limit", "feedIdentifier", "read", "seen", "payload"],
        ["/v1/subscribers/{subscriberId}/notifications/unseen"] = ["seen", "limit", "feedIdentifier"],
        ["/v1/subscribers/{subscriberId}/credentials/{providerId}/oauth"] = ["hmacHash", "environmentId", "integrationIdentifier"],
        ["/v1/subscribers/{subscriberId}/credentials/{providerId}/oauth/callback"] = ["code", "state", "error"],
        ["/v1/auth/reset/request"] = ["src"],
        ["/v1/storage/upload-url"] = ["extension", "type"],
        ["/v1/storage/files/{**file}"] = ["expires", "signature"],
        ["/v1/widgets/notifications/feed"] = ["page", "limit", "feedIdentifier", "read", "seen", "payload"],
        ["/v1/widgets/notifications/unseen"] = ["seen", "limit", "feedIdentifier"],
        ["/v1/widgets/notifications/unread"] = ["read", "limit", "feedIdentifier"],
        ["/v1/widgets/notifications/count"] = ["seen", "read", "limit", "feedIdentifier"],
        ["/v1/inbox/notifications"] = ["limit", "after", "offset", "tags", "read", "archived"],
        ["/v1/inbox/notifications/count"] = ["filters"],
        ["/v1/step-schemas"] = ["stepType", "workflowId", "stepId"],
        ["/v1/topics"] = ["page", "pageSize", "key"],
        ["/v1/changes"] = ["promoted", "page", "limit"],
        ["/v1/layouts"] = ["page", "pageSize", "sortBy", "orderBy"],
        ["/v1/tenants"] = ["page", "limit"],
        ["/v1/workflow-overrides"] = ["page", "limit"],
        ["/v1/messages"] = ["page", "limit", "channel", "subscriberId", "transactionId"],
        ["/v1/notifications"] = ["page", "channels", "templates", "emails", "search", "subscriberIds", "transactionId"],
        ["/v1/notifications/graph/stats"] = ["days"],
        ["/v1/notifications/delivery/stats"] = ["days"],
        ["/v1/webhook-endpoints/{endpointId}/deliveries"] = ["page", "limit", "status"],
        ["/v1/execution-details"] = ["notificationId", "subscriberId"],
        ["/v1/workflows"] = ["page", "limit", "query"],
    };

    private readonly Dictionary<string, string> _values;

    private KnownThings(Dictionary<string, string> values) => _values = values;

    // A link by which somebody leaves.
    private static string TokenOf(CarillonApp app, JsonElement message) =>
        new UnsubscribeLinks(app.Get<MasterSecret>(), "https://x.example", TimeProvider.System).Of(new(
            app.EnvironmentId, message.GetProperty("_subscriberId").GetString()!, message.GetProperty("_templateId").GetString()!))!.Split('/')[^1];

    public static async Task<KnownThings> MakeAsync(CarillonApp app)
    {
        object[] variables = [new { name = "greeting.text", type = "String", defaultValue = "hi" }];
        var workflow = await app.CreateWorkflowAsync(
            "Zebra", new { template = new { type = "in_app", content = $"{Secret} {{{{name}}}}", variables }, active = true });
        var integration = await (await app.Api.PostAsJsonAsync("/v1/integrations", new
        {
            providerId = "slack", channel = "chat", identifier = "zebra-slack", name = Secret, credentials = new { }, active = true, check = false,
        })).DataAsync();
        var feed = await (await app.Api.PostAsJsonAsync("/v1/feeds", new { name = Secret })).DataAsync();
        var layout = await (await app.Api.PostAsJsonAsync("/v1/layouts", new { name = Secret, identifier = "zebra-layout", content = "{{{body}}}" })).DataAsync();
        var tenant = await (await app.Api.PostAsJsonAsync("/v1/tenants", new { identifier = "zebra-tenant", name = Secret })).DataAsync();
        var one = await (await app.Api.PostAsJsonAsync("/v1/workflow-overrides", new { workflowId = workflow.Id(), tenantId = tenant.Id() })).DataAsync();
        var endpoint = await (await app.Api.PostAsJsonAsync("/v1/webhook-endpoints", new { url = "https://127.0.0.1/hook", description = Secret, enabled = false })).DataAsync();
        await app.JoinAsync("zebra-team", "zebra-ann");
        await app.Api.PutAsJsonAsync("/v1/subscribers/zebra-ann", new { firstName = Secret });
        await app.Api.PatchAsJsonAsync("/v1/topics/zebra-team", new { name = Secret });
        var transactionId = await app.TriggeredAsync(new { name = workflow.Identifier(), to = "zebra-ann", payload = new { name = Secret }, transactionId = "zebra-tx" });
        await app.SettledAsync();
        var message = (await (await app.Api.GetAsync("/v1/messages")).DataAsync())[0];
        return new(new()
        {
            ["applicationIdentifier"] = app.ApplicationIdentifier,
            ["environmentId"] = app.EnvironmentId,
            ["organizationId"] = app.OrganizationId,
            ["groupId"] = app.NotificationGroupId,
            ["token"] = TokenOf(app, message),
            ["notificationId"] = message.GetProperty("_notificationId").GetString()!,
            ["messageId"] = message.GetProperty("_id").GetString()!,
            ["integrationId"] = integration.GetProperty("_id").GetString()!,
            ["providerOrIntegrationId"] = integration.GetProperty("_id").GetString()!,
            ["changeId"] = (await (await app.Api.GetAsync("/v1/changes?promoted=false")).DataAsync())[0].Id(),
            ["feedId"] = feed.Id(),
            ["identifier"] = "zebra-tenant",
            ["endpointId"] = endpoint.Id(),
            ["deliveryId"] = endpoint.Id(),
            ["layoutId"] = layout.Id(),
            ["overrideId"] = one.Id(),
            ["parameter"] = workflow.Id(),
            ["tenantId"] = tenant.Id(),
            ["workflowId"] = workflow.Id(),
            ["idOrIdentifier"] = workflow.Id(),
            ["templateId"] = workflow.Id(),
            ["subscriberId"] = "zebra-ann",
            ["externalSubscriberId"] = "zebra-ann",
            ["topicKey"] = "zebra-team",
            ["transactionId"] = transactionId,
            ["templateIdOrIdentifier"] = workflow.Id(),
            ["stepId"] = "zebra",
            ["memberId"] = app.EnvironmentId,
            ["apiKeyId"] = app.EnvironmentId,
            ["inviteToken"] = "8b9e0e5c-9bb5-4e36-a3d5-64c2d9d0b0aa",
            ["file"] = $"{app.OrganizationId}/{app.EnvironmentId}/0123456789abcdef0123456789abcdef.png",
            ["providerId"] = "slack",
            ["channelType"] = "in_app",
            ["level"] = "template",
            ["type"] = "primary",
        });
    }

    /// <summary>What there is, to see whether it has been touched.</summary>
    public async Task<string> StateAsync(CarillonApp app)
    {
        string[] paths =
        [
            "/v1/workflows", "/v1/integrations", "/v1/notification-groups", "/v1/subscribers/zebra-ann", "/v1/topics/zebra-team", "/v1/messages",
            "/v1/changes?promoted=false", "/v1/webhook-endpoints", "/v1/feeds", "/v1/layouts", "/v1/tenants", "/v1/workflow-overrides",
            "/v1/notifications", "/v1/environments", $"/v1/events/trigger/{_values["transactionId"]}",
        ];
        var states = new List<string>();
        foreach (var path in paths)
            states.Add((await (await app.Api.GetAsync(path)).DataAsync()).GetRawText());
        return string.Join('\n', states);
    }

    public static bool NamesSomething(string pattern) => Parameter().IsMatch(pattern);

    /// <summary>What is in order there; where nobody said what, what the route reads.</summary>
    public string? BodyOf(MappedRoute route) => route.Verb is "GET" or "DELETE"
        ? null
        : Fill(Bodies.GetValueOrDefault($"{route.Verb} {route.Pattern}") ?? route.PlainBody(), route.Pattern);

    public static IReadOnlyList<string> ParametersOf(MappedRoute route) =>
        Parameters.GetValueOrDefault(route.Pattern) ?? (route.QueryNames() is { Count: > 0 } names ? names : ["page"]);

    /// <summary>What else a route must be asked so that the parameter is looked at.</summary>
    public string QueryOf(MappedRoute route, string except) => string.Concat(
        from name in route.Pattern is "/v1/execution-details" or "/v1/subscribers/{subscriberId}/credentials/{providerId}/oauth" ? ParametersOf(route) : []
        where name != except && _values.ContainsKey(name)
        select $"{name}={_values[name]}&");

    public string PathOf(string pattern) => Fill(pattern, pattern);

    /// <summary>The path with each of its parts replaced by what nobody would put there.</summary>
    public IEnumerable<string> HostilePathsOf(string pattern) =>
        from parameter in Parameter().Matches(pattern)
        from segment in HostileValues.Segments
        select Fill(pattern.Replace(parameter.Value, segment, StringComparison.Ordinal), pattern);

    private string Fill(string text, string pattern) => Parameter().Replace(text, name => _values.GetValueOrDefault(ValueOf(name.Groups[1].Value, pattern), name.Value));

    // Workflows and groups call theirs by the same short name, and what the inbox calls notifications are messages.
    private static string ValueOf(string name, string pattern) => name switch
    {
        "id" => pattern.StartsWith("/v1/workflows", StringComparison.Ordinal) ? "workflowId" : "groupId",
        "notificationId" when pattern.StartsWith("/v1/inbox", StringComparison.Ordinal) => "messageId",
        _ => name,
    };

    [GeneratedRegex(@"(?<!\{)\{(?:\*\*)?(\w+)\}(?!\})")]
    private static partial Regex Parameter();
}
