using System.Text.Json;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.ContentTemplates;

internal static class PreviewPush
{
    public sealed record Request(string Content, string Title, JsonElement Payload) : IRequest<Request>
    {
        public static Request Read(Fields fields)
        {
            var content = fields["content"].String().Text;
            var payload = fields["payload"].Defined().Json;
            return new(content, fields["title"].String().Text, payload);
        }
    }

    public sealed record View(string Content, string Title);

    public static Results<Answer<View>, Problem> Handle(Body<Request> body, PreviewWords previews)
    {
        var words = previews.Of(PreviewWords.Context(body.Value.Payload));
        var view = new View(words.Render("content", body.Value.Content) ?? "", words.Render("title", body.Value.Title) ?? "");
        return words.Error is { } error ? Problem.BadRequest(error) : Answer.Of(view);
    }
}
