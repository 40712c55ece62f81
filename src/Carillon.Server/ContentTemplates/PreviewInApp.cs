using System.Text.Json;
using Carillon.Data.Mapping;
using Carillon.Engine.Steps.InApp;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.ContentTemplates;

/// <summary>What an inbox item would say, on its buttons too, and where it would lead.</summary>
internal static class PreviewInApp
{
    public sealed record Request(string Content, JsonElement Payload, JsonElement? Cta, string? ContentType) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(
            fields["content"].String().Text,
            fields["payload"].Defined().Json,
            fields["cta"].Optional().Object().JsonOrNull,
            fields["contentType"].Optional().OneOf("editor", "customHtml").TextOrNull);
    }

    public sealed record View(string Content, IReadOnlyList<Button> CtaButtons, string? Url);

    public sealed record Button(string? Type, string? Content);

    public static async Task<Results<Answer<View>, Problem>> Handle(Body<Request> body, PreviewWords previews, CancellationToken ct)
    {
        var (context, _) = await previews.BrandedAsync(body.Value.Payload, ct);
        var words = previews.Of(context);
        var content = InAppContent.Of(words.Render("content", body.Value.Content) ?? "", body.Value.ContentType);
        var cta = JsonColumn.Read<JsonElement>(new InAppCta(words).Render(body.Value.Cta));
        if (words.Error is { } error) return Problem.BadRequest(error);

        var buttons = cta.GetProperty("action").GetProperty("buttons").EnumerateArray().Where(button => button.ValueKind == JsonValueKind.Object);
        return Answer.Of(new View(
            content,
            [.. buttons.Select(button => new Button(TextOf(button, "type"), TextOf(button, "content")))],
            cta.TryGetProperty("data", out var data) ? TextOf(data, "url") : null));
    }

    private static string? TextOf(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
