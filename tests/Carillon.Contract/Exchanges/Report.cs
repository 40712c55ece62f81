using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Carillon.Tests.Support;

namespace Carillon.Contract.Exchanges;

/// <summary>How many answers are as recorded, and for each section what is not.</summary>
internal static class Report
{
    public static void Write(ReplayTests.Replays replays)
    {
        var folder = Repository.Folder("artifacts", "replay");
        Directory.CreateDirectory(folder);
        foreach (var section in Exchange.Sections)
            File.WriteAllText(Path.Combine(folder, $"{section}.txt"), Details(replays.Of(section), replays.List));
        Figures.Write("replay", Summary(replays));
        Figures.Write("operations", OperationTable.Of(replays));
    }

    private static string Summary(ReplayTests.Replays replays)
    {
        var lines = new StringBuilder("""
            Recorded exchanges, replayed: equal; equal but for what an earlier exchange said of the same thing; with a listed difference of its own; with an unlisted one

            """);
        foreach (var section in Exchange.Sections)
            Row(lines, section, [.. replays.Of(section)], replays.List);
        Row(lines, "all", replays.All, replays.List);
        Row(lines, "all but its own 500s", [.. replays.All.Where(replayed => replayed.Exchange.Status != 500 || replayed.IsEqual)], replays.List);
        Row(lines, "all that is meant alike", [.. replays.MeantAlike], replays.List);
        foreach (var heading in replays.List.Headings.Keys)
        {
            var count = replays.All.Count(replayed => replayed.Own.Any(difference => replays.List.Find(difference)?.Heading == heading));
            lines.AppendLine(CultureInfo.InvariantCulture, $"  {heading,-24} {count,5}");
        }

        return lines.ToString().TrimEnd();
    }

    private static void Row(StringBuilder lines, string name, IReadOnlyList<Replayed> all, DifferenceList list)
    {
        var equal = all.Count(replayed => replayed.IsEqual);
        var elsewhere = all.Count(replayed => replayed.IsEqualElsewhere);
        var unlisted = all.Count(replayed => replayed.Own.Any(difference => list.Find(difference) is null));
        lines.AppendLine(CultureInfo.InvariantCulture,
            $"  {name,-24} {equal,5} {elsewhere,5} {all.Count - equal - elsewhere - unlisted,5} {unlisted,5}  of {all.Count,4}  {100.0 * (equal + elsewhere) / all.Count,5:0.0} %");
    }

    private static string Details(IEnumerable<Replayed> section, DifferenceList list)
    {
        var text = new StringBuilder();
        foreach (var replayed in section.Where(replayed => replayed.Differences.Count > 0))
        {
            var exchange = replayed.Exchange;
            text.AppendLine(CultureInfo.InvariantCulture, $"#{exchange.Seq} {exchange.Case}\n  {exchange.Method} {exchange.Path} {Short(exchange.Text)}");
            text.AppendLine(CultureInfo.InvariantCulture, $"  recorded {exchange.Status} {Short(Print(exchange.Answer))}");
            text.AppendLine(CultureInfo.InvariantCulture, $"  here     {replayed.Status} {Short(Print(replayed.Answer))}");
            foreach (var difference in replayed.Differences)
                text.AppendLine(CultureInfo.InvariantCulture, $"    {difference}  [{(difference.Again ? "again" : list.Find(difference)?.Heading ?? "UNLISTED")}]");
            text.AppendLine();
        }

        return text.ToString();
    }

    private static string Print(JsonNode? node) => node?.ToJsonString(Exchange.Plain) ?? "";

    private static string? Short(string? text) => text?.Length > 1500 ? text[..1500] + "…" : text;
}
