using System.Reflection;
using Carillon.Server.Http.Answers;
using Microsoft.AspNetCore.Http.Metadata;

namespace Carillon.Server.Http.Input;

/// <summary>The query string, read and checked like a body. Numbers and booleans arrive as text there and are read as such.</summary>
internal sealed class Query<T> : IInput, IEndpointParameterMetadataProvider
    where T : class, IRequest<T>
{
    private readonly T? _value;

    private Query(T? value, Problem? problem)
    {
        _value = value;
        Problem = problem;
    }

    public Problem? Problem { get; }

    public T Value => _value ?? throw new InvalidOperationException("A query with a problem has no value.");

    public static ValueTask<Query<T>> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var fields = new Fields(FormText.ToJson(context.Request.Query), isText: true);
        var value = T.Read(fields);
        return ValueTask.FromResult<Query<T>>(fields.Problem is { } problem ? new(null, problem) : new(value, null));
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(Reading.Of<T>(isQuery: true));
}
