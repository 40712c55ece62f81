using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Carillon.Server.Http.Answers;

/// <summary>A result that carries its own <c>data</c> and is therefore not put into the envelope.</summary>
internal sealed class Unwrapped<T>(T value) : IResult, IEndpointMetadataProvider
{
    public T Value => value;

    public Task ExecuteAsync(HttpContext httpContext) => Wire.WriteAsync(httpContext, SuccessStatus.Of(httpContext), value);

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => SuccessStatus.Describe(builder, typeof(T));
}
