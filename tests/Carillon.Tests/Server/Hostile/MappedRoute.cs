using System.Text.Json.Nodes;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Input;
using Carillon.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Tests.Server.Hostile;

/// <summary>A route as the server maps it, so that what is mapped tomorrow is tried like the others.</summary>
internal sealed record MappedRoute(string Verb, string Pattern, EndpointMetadataCollection Metadata)
{
    private static readonly string[] Verbs = ["GET", "POST", "PATCH", "PUT", "DELETE"];

    private static readonly (string Wanted, JsonNode Value)[] Plain =
    [
        ("must be an array", new JsonArray("x")), ("must be an object", new JsonObject { ["a"] = 1 }), ("must be a boolean value", true),
        ("must be an integer number", 1), ("must be a mongodb id", "6b0418f5039109a7bd9f29ed"), ("must be an email", "a@example.com"),
    ];

    public Credentials Credentials => Metadata.GetMetadata<AccessRule>()!.Credentials;

    /// <summary>Deletions come last, or there would be little left to break.</summary>
    public static IReadOnlyList<MappedRoute> All(CarillonApp app) =>
    [
        .. from route in app.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           where route.RoutePattern.RawText!.StartsWith("/v1", StringComparison.Ordinal)
           from verb in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
           where Verbs.Contains(verb)
           orderby Array.IndexOf(Verbs, verb)
           select new MappedRoute(verb, route.RoutePattern.RawText!.TrimEnd('/'), route.Metadata),
    ];

    /// <summary>Each member that it reads from its body, with something of the type it wants.</summary>
    public string PlainBody() => new JsonObject(
        from reading in Readings(isQuery: false)
        from name in reading.Names
        let value = Plain.FirstOrDefault(plain => reading.Wants(name, plain.Wanted)).Value ?? "x"
        select KeyValuePair.Create(name, (JsonNode?)value.DeepClone())).ToJsonString();

    public IReadOnlyList<string> QueryNames() => [.. Readings(isQuery: true).SelectMany(reading => reading.Names)];

    private IEnumerable<Reading> Readings(bool isQuery) => Metadata.OfType<Reading>().Where(reading => reading.IsQuery == isQuery);
}
