using System.Reflection;
using Carillon.Server.Http.Answers;
using Microsoft.AspNetCore.Http.Metadata;

namespace Carillon.Server.Http.Input;

/// <summary>The request's body, read and checked. A handler that takes one sees it only when every field is right.</summary>
internal sealed class Body<T> : IInput, IEndpointParameterMetadataProvider
    where T : class, IRequest<T>
{
    private readonly T? _value;

    private Body(T? value, Problem? problem)
    {
        _value = value;
        Problem = problem;
    }

    public Problem? Problem { get; }

    public T Value => _value ?? throw new InvalidOperationException("A body with a problem has no value.");

    public static async ValueTask<Body<T>> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var read = await RequestBody.ReadJsonAsync(context);
        if (read.Problem is { } unreadable) return new(null, unreadable);

        var fields = new Fields(read.Content);
        var value = T.Read(fields);
        return fields.Problem is { } problem ? new(null, problem) : new(value, null);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(Reading.Of<T>(isQuery: false));
}
