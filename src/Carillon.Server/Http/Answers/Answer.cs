using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Carillon.Server.Http.Answers;

/// <summary>A result in the envelope <c>{"data": …}</c>. POST answers 201, everything else 200, unless the route says otherwise.</summary>
internal sealed class Answer<T>(T value) : IResult, IEndpointMetadataProvider
{
    public T Value => value;

    public Task ExecuteAsync(HttpContext httpContext) =>
        Wire.WriteAsync(httpContext, SuccessStatus.Of(httpContext), new Envelope<T>(value));

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        SuccessStatus.Describe(builder, typeof(Envelope<T>));
}

internal static class Answer
{
    public static Answer<T> Of<T>(T value) => new(value);
}

/// <summary>The envelope as clients see it; <c>data</c> is there even when it is null.</summary>
internal sealed record Envelope<T>(
    [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)] T Data);
