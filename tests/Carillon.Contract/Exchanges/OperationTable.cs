using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Carillon.Contract.Description;

namespace Carillon.Contract.Exchanges;

/// <summary>Each operation of the contract with how its recorded exchanges are answered here.</summary>
internal static partial class OperationTable
{
    public static string Of(ReplayTests.Replays replays)
    {
        var exchanges = replays.All.ToLookup(replayed => OperationOf(replayed.Exchange));
        var lines = new StringBuilder($"The {Operation.Contract.Count} operations of the contract: exchanges equal / recorded, and why the others differ\n");
        foreach (var operation in Operation.Contract.Keys.OrderBy(name => name.Split(' ')[1], StringComparer.Ordinal))
            lines.AppendLine(CultureInfo.InvariantCulture, $"  {operation,-82} {Verdict([.. exchanges[operation]], replays.List)}");
        return lines.ToString().TrimEnd();
    }

    private static string Verdict(IReadOnlyList<Replayed> exchanges, DifferenceList list)
    {
        if (exchanges.Count == 0) return "never recorded";

        var equal = exchanges.Count(exchange => exchange.IsEqual || exchange.IsEqualElsewhere);
        var reasons = exchanges.SelectMany(exchange => exchange.Own).Select(difference => list.Find(difference)?.Heading ?? "unlisted").Distinct();
        return string.Create(CultureInfo.InvariantCulture, $"{equal,3} / {exchanges.Count,-3} {string.Join(", ", reasons.Order(StringComparer.Ordinal))}");
    }

    // A path spelled out is meant before one with a parameter in its place.
    public static string? OperationOf(Exchange exchange) => Patterns.FirstOrDefault(pattern => pattern.Regex.IsMatch(exchange.Path.Split('?')[0]) && exchange.Method == pattern.Method).Name;

    private static readonly IReadOnlyList<(string Name, string Method, Regex Regex)> Patterns =
    [
        .. from name in Operation.Contract.Keys
           let words = name.Split(' ')
           orderby words[1].Count(letter => letter == '{'), words[1]
           select (name, words[0], new Regex($"^{Parameter().Replace(words[1], "[^/]+")}/?$", RegexOptions.IgnoreCase)),
    ];

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
