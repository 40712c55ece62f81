using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Carillon.Contract.Description;
using Carillon.Tests.Support;

namespace Carillon.Contract.Exchanges;

/// <summary><c>docs/contract.md</c>: for each operation of the contract whether it answers as recorded, and why not; then the other routes that differ.</summary>
internal static partial class OperationPage
{
    public static string Path { get; } = Repository.Folder("docs", "contract.md");

    public static string Of(ReplayTests.Replays replays)
    {
        var byOperation = replays.All.ToLookup(replayed => OperationTable.OperationOf(replayed.Exchange));
        var page = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"""
            # The contract, operation by operation

            {replays.All.Count} requests and answers were recorded from a running original. The replay (`tests/Carillon.Contract/Exchanges`) sends them to
            Carillon, and compares the answers; this page is written by it, and a test fails when it is not what the replay found. Ids, keys,
            tokens and times are each called by the names they have here. What differs stands under one of these headings:


            """));
        foreach (var (heading, meaning) in replays.List.Headings)
            page.Append(CultureInfo.InvariantCulture, $"* **{heading}**: {meaning}\n");
        page.Append(CultureInfo.InvariantCulture, $"\n## The {Operation.Contract.Count} operations\n\n| operation | recorded | answered |\n|---|---|---|\n");
        foreach (var operation in Operation.Contract.Keys.OrderBy(name => name.Split(' ')[1], StringComparer.Ordinal))
            Row(page, operation, [.. byOperation[operation]], replays.List);
        page.Append("\n## Other routes that differ\n\n| route | recorded | answered |\n|---|---|---|\n");
        foreach (var route in byOperation[null].GroupBy(replayed => RouteOf(replayed.Exchange)).OrderBy(route => route.Key.Split(' ')[1], StringComparer.Ordinal))
        {
            if (Reasons([.. route], replays.List).Count > 0) Row(page, route.Key, [.. route], replays.List);
        }

        return page.ToString();
    }

    private static void Row(StringBuilder page, string name, IReadOnlyList<Replayed> exchanges, DifferenceList list)
    {
        var reasons = Reasons(exchanges, list);
        var answered = reasons.Count == 0 ? "as recorded" : string.Join("<br>", reasons);
        page.Append(CultureInfo.InvariantCulture, $"| `{name}` | {exchanges.Count} | {answered} |\n");
    }

    // What comes and goes by chance is no matter of the operation.
    private static IReadOnlyList<string> Reasons(IReadOnlyList<Replayed> exchanges, DifferenceList list) =>
    [
        .. exchanges.SelectMany(exchange => exchange.Own).Select(list.Find).OfType<ListedDifference>().Where(listed => !listed.Sometimes)
            .GroupBy(listed => listed.Heading, listed => listed.Why)
            .OrderBy(heading => heading.Key, StringComparer.Ordinal)
            .Select(heading => $"**{heading.Key}**: {string.Join("; ", heading.Distinct().Order(StringComparer.Ordinal))}"),
    ];

    private static string RouteOf(Exchange exchange) => $"{exchange.Method} {Id().Replace(exchange.Path.Split('?')[0].TrimEnd('/'), "/{id}")}";

    [GeneratedRegex("/[0-9a-f]{24}")]
    private static partial Regex Id();
}
