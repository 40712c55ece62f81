using System.Text.Json;
using System.Text.RegularExpressions;
using Carillon.Tests.Support;

namespace Carillon.Contract.Exchanges;

/// <summary>
/// A difference that is meant, and why. What is not named may be anything; <c>*</c> stands for any text.
/// </summary>
internal sealed record ListedDifference(string Heading, string Section, string? Case, string? At, string? Recorded, string? Actual, string Why)
{
    /// <summary>It comes and goes with ids, which are made by chance.</summary>
    public bool Sometimes { get; init; }

    public bool Covers(Difference difference) =>
        Fits(Section, difference.Exchange.Section) && Fits(Case, difference.Exchange.Case) && Fits(At, difference.At)
        && Fits(Recorded, difference.Recorded) && Fits(Actual, difference.Actual);

    public override string ToString() => $"{Heading}: {Section} {Case} {At} {Recorded} → {Actual} ({Why})";

    private static bool Fits(string? pattern, string text) =>
        pattern is null || Regex.IsMatch(text, $"^{Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal)}$", RegexOptions.Singleline);
}

/// <summary><c>differences.json</c>: a few headings, each with its reason, and what stands under them.</summary>
internal sealed record DifferenceList(IReadOnlyDictionary<string, string> Headings, IReadOnlyList<ListedDifference> Differences)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };

    public static DifferenceList Read() => JsonSerializer.Deserialize<DifferenceList>(
        File.ReadAllText(Repository.Folder("tests", "Carillon.Contract", "Exchanges", "differences.json")), Options)!;

    public ListedDifference? Find(Difference difference) => Differences.FirstOrDefault(listed => listed.Covers(difference));
}
