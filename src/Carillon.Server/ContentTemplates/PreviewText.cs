using System.Text.Json;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.ContentTemplates;

/// <summary>What a text or a chat message would say.</summary>
internal static class PreviewText
{
    public sealed record Request(string Content, JsonElement Payload) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(fields["content"].String().Text, fields["payload"].Defined().Json);
    }

    public sealed record View(string Content);

    public static Results<Answer<View>, Problem> Handle(Body<Request> body, PreviewWords previews)
    {
        var words = previews.Of(PreviewWords.Context(body.Value.Payload));
        var content = words.Render("content", body.Value.Content) ?? "";
        return words.Error is { } error ? Problem.BadRequest(error) : Answer.Of(new View(content));
    }
}
