using System.Text.Json;
using Carillon.Contract.Clients;
using Carillon.Tests.Support;

namespace Carillon.Contract.Templates;

/// <summary>
/// The golden texts that templates are tested with are what handlebars.js prints, which is asked anew: none was typed by hand, and
/// none can be changed to what we print.
/// </summary>
public sealed class HandlebarsTests
{
    private static readonly string Folder = Repository.Folder("tests", "Carillon.Contract", "Templates", "node");
    private static readonly string Golden = Repository.Folder("tests", "Carillon.Tests", "Engine", "Templating", "handlebars.golden.json");

    [Fact]
    public async Task The_golden_texts_are_what_handlebars_prints()
    {
        var text = await File.ReadAllTextAsync(Golden, TestContext.Current.CancellationToken);
        var groups = JsonDocument.Parse(text).RootElement.EnumerateArray();
        var printed = JsonDocument.Parse(await NodeScript.RunAsync(Folder, "print.mjs", text)).RootElement.EnumerateArray();

        var differences =
            from data in groups.Zip(printed)
            from one in data.First.GetProperty("cases").EnumerateArray().Zip(data.Second.EnumerateArray())
            let golden = Shown(one.First)
            let now = Shown(one.Second)
            where golden != now
            select $"{one.First.GetProperty("template").GetString()}\n  golden      {golden}\n  handlebars  {now}";

        Assert.Empty(differences);
        Assert.Equal(groups.Sum(data => data.GetProperty("cases").GetArrayLength()), printed.Sum(data => data.GetArrayLength()));
    }

    private static string Shown(JsonElement one) => one.TryGetProperty("output", out var output) ? output.GetString()! : "(fails)";
}
