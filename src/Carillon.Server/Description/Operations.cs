using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.RateLimits;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Carillon.Server.Description;

/// <summary>
/// What a route's own declarations say about it. Its handler is a verb, so where a route has no summary, that verb is one.
/// </summary>
internal static partial class Operations
{
    private const string Ordinary = "Handle";

    public static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<MethodInfo>().LastOrDefault() is { } handler)
        {
            operation.OperationId ??= OperationNames.Of(context.Description.HttpMethod, context.Description.RelativePath) ?? IdOf(handler);
            operation.Summary ??= InWords(IdOf(handler));
        }
        if (metadata.OfType<AccessRule>().LastOrDefault() is { } rule) operation.Security = SecuritySchemes.For(rule, context.Document);
        foreach (var reading in metadata.OfType<Reading>()) Inputs.Describe(reading, operation);
        if (metadata.OfType<SuccessStatus>().LastOrDefault() is { } success) SucceedWith(success.Status, operation);
        RefuseAt(context, !metadata.OfType<AnyRate>().Any(), operation);
        return Task.CompletedTask;
    }

    private static string IdOf(MethodInfo handler)
    {
        var slice = handler.DeclaringType!.Name;
        return handler.Name == Ordinary ? slice : slice + handler.Name;
    }

    // The description is made from the method alone, before the route's own word.
    private static void SucceedWith(int status, OpenApiOperation operation)
    {
        var wanted = status.ToString(CultureInfo.InvariantCulture);
        var described = operation.Responses?.Keys.FirstOrDefault(key => key.StartsWith('2') && key != wanted);
        if (described is null || !operation.Responses!.Remove(described, out var response)) return;

        operation.Responses[wanted] = response;
    }

    // What the edge may answer before the route is asked.
    private static void RefuseAt(OpenApiOperationTransformerContext context, bool atRate, OpenApiOperation operation)
    {
        operation.Responses ??= [];
        var route = context.Description;
        if (route.RelativePath?.Contains('{', StringComparison.Ordinal) == true) Add("404", "There is no such thing in this environment.");
        if (route.HttpMethod is "POST" or "PATCH") Add("409", "It conflicts with what is there, or a call with the same Idempotency-Key is still being answered.");
        if (atRate) Add("429", "Too many calls; Retry-After says when to come again.");
        Add("503", "It cannot be taken now; Retry-After says when to come again.");

        void Add(string status, string description) => operation.Responses.TryAdd(status, new OpenApiResponse { Description = description });
    }

    private static string InWords(string name) => Hump().Replace(name, match => $" {match.Value.ToLowerInvariant()}");

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Hump();
}
