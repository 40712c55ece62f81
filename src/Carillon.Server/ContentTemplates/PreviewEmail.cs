using System.Text.Json;
using System.Text.Json.Nodes;
using Carillon.Data;
using Carillon.Data.Mapping;
using Carillon.Data.Workflows;
using Carillon.Engine.Emails;
using Carillon.Engine.Steps;
using Carillon.Engine.Steps.Email;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.ContentTemplates;

/// <summary>A mail as it would arrive, and beside it the editor's blocks with their texts filled in.</summary>
internal static class PreviewEmail
{
    public sealed record Request(StepTemplate Template, JsonElement Payload) : IRequest<Request>
    {
        public static Request Read(Fields fields)
        {
            var content = fields["content"].Defined().Json;
            var contentType = fields["contentType"].String().Text;
            var payload = fields["payload"].Defined().Json;
            return new(
                new StepTemplate
                {
                    Type = "email",
                    Content = content,
                    ContentType = contentType,
                    Subject = fields["subject"].String().Text,
                    LayoutId = fields.OptionalMongoId("layoutId")?.ToLowerInvariant(),
                    Preheader = fields.OptionalString("preheader"),
                    SenderName = fields.OptionalString("senderName"),
                },
                payload);
        }
    }

    public sealed record View(string Html, JsonNode? Content, string Subject, string? SenderName);

    public static async Task<Results<Answer<View>, Problem>> Handle(
        Body<Request> body, CarillonDb db, PreviewWords previews, EmailCompiler compiler, Leavable leavable, CancellationToken ct)
    {
        var template = body.Value.Template;
        var layout = await db.Layouts.AsNoTracking().SingleOrDefaultAsync(layout => layout.Id == template.LayoutId, ct);
        if (layout is null && template.LayoutId is not null) return Problem.NotFound($"Layout not found for id {template.LayoutId}");

        var (branded, branding) = await previews.BrandedAsync(body.Value.Payload, ct);
        var context = branded with { Links = leavable.Examples };
        return compiler.Compile(template, layout, context, branding) switch
        {
            CompiledEmail mail => Answer.Of(new View(mail.Html, Filled(template.Content!.Value, previews.Of(context)), mail.Subject, mail.SenderName)),
            CompileError error => Problem.BadRequest(error.Message),
            _ => throw new InvalidOperationException("A mail compiles to words or an error."),
        };
    }

    // Own HTML is shown as it was written.
    private static JsonNode? Filled(JsonElement content, Words words)
    {
        var filled = JsonSerializer.SerializeToNode(content, JsonColumn.Options);
        foreach (var block in (filled as JsonArray ?? []).OfType<JsonObject>())
        {
            block["content"] = Text(block, "content", words);
            block["url"] = Text(block, "url", words);
        }

        return filled;
    }

    private static string Text(JsonObject block, string name, Words words) =>
        block[name] is JsonValue value && value.TryGetValue<string>(out var text) ? words.Render(name, text) ?? "" : "";
}
