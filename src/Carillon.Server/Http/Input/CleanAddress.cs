using Carillon.Server.Http.Answers;

namespace Carillon.Server.Http.Input;

/// <summary>Refuses text in path and query that no database column takes; bodies are looked at when they are read.</summary>
internal sealed class CleanAddress(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var complaint =
            context.Request.RouteValues.Select(value => BadText.In(value.Key, value.Value as string)).FirstOrDefault(found => found is not null)
            ?? context.Request.Query.SelectMany(Complaints).FirstOrDefault(found => found is not null);

        return complaint is null ? next(context) : Problem.BadRequest([complaint]).ExecuteAsync(context);
    }

    private static IEnumerable<string?> Complaints(KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues> parameter) =>
        [BadText.In("a query parameter's name", parameter.Key), .. parameter.Value.Select(value => BadText.In(parameter.Key, value))];
}
