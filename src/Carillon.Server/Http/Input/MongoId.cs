using System.Reflection;
using Carillon.Data;
using Carillon.Server.Http.Answers;

namespace Carillon.Server.Http.Input;

/// <summary>An id in the path. The route's parameter has the name that the complaint about it uses.</summary>
internal sealed class MongoId : IInput
{
    private MongoId(string name, string text)
    {
        Text = text.ToLowerInvariant();
        Problem = Ids.IsId(text) ? null : Problem.BadRequest([$"{name} must be a mongodb id"]);
    }

    public string Text { get; }
    public Problem? Problem { get; }

    public static implicit operator string(MongoId id) => id.Text;

    public override string ToString() => Text;

    public static ValueTask<MongoId> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var name = parameter.Name!;
        return ValueTask.FromResult(new MongoId(name, context.GetRouteValue(name) as string ?? ""));
    }
}
