using System.Text.Json;
using Carillon.Engine.Templating;

namespace Carillon.Tests.Engine.Templating;

internal static class Rendering
{
    public static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement;

    public static RenderResult Run(string template, string payload = "{}", TemplateLimits? limits = null) =>
        Template.Parse(template).Render(new TemplateContext(Json(payload)), limits);

    public static string Text(string template, string payload = "{}") =>
        Assert.IsType<Rendered>(Run(template, payload)).Text;

    public static TemplateError Error(string template, string payload = "{}", TemplateLimits? limits = null) =>
        Assert.IsType<TemplateError>(Run(template, payload, limits));
}
