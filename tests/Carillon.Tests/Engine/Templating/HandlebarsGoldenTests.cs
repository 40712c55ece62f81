using System.Text.Json;
using Carillon.Engine.Templating;

namespace Carillon.Tests.Engine.Templating;

/// <summary>Expected texts were printed by handlebars.js 4.7.10 (dates by date-fns 2.30), with <c>&amp;#x27;</c> turned back to an apostrophe.</summary>
public sealed class HandlebarsGoldenTests
{
    private static readonly JsonElement Groups = Load();

    public static TheoryData<string> Names => [.. Groups.EnumerateArray().Select(group => group.GetProperty("name").GetString()!).Distinct()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Templates_print_what_handlebars_prints(string name)
    {
        var differences =
            from data in Groups.EnumerateArray()
            where data.GetProperty("name").GetString() == name
            from golden in data.GetProperty("cases").EnumerateArray()
            let template = golden.GetProperty("template").GetString()!
            let expected = golden.TryGetProperty("output", out var output) ? output.GetString() : "(fails)"
            let actual = Print(Template.Parse(template).Render(new TemplateContext(data.GetProperty("data"))))
            where actual != expected
            select $"{template}\n  expected {expected}\n  but was  {actual}";

        Assert.Empty(differences);
    }

    [Fact]
    public void There_are_goldens_of_every_kind() =>
        Assert.True(Groups.EnumerateArray().Sum(group => group.GetProperty("cases").GetArrayLength()) > 350);

    private static string Print(RenderResult result) => result is Rendered { Text: var text } ? text : "(fails)";

    private static JsonElement Load()
    {
        using var stream = typeof(HandlebarsGoldenTests).Assembly.GetManifestResourceStream("handlebars.golden.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
