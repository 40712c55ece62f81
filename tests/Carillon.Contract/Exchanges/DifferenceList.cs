using System.Text.Json;
using System.Text.Json.Nodes;
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

/// <summary>
/// How the replay goes on where answers differ on purpose, so that what comes behind is compared with the same state. What was made there
/// and is not made here is made by another request: <see cref="Also"/>, merged into the body, and to <see cref="Path"/> if it is another.
/// What is done here and was not done there is sent <see cref="Last"/>, after everything else.
/// </summary>
internal sealed record Detour(string Section, string Case, string Why)
{
    public JsonObject? Also { get; init; }
    public string? Path { get; init; }
    public bool Last { get; init; }

    // Another route answers something else, of the same thing.
    private static JsonObject IdIn(JsonNode? answer) => new() { ["data"] = new JsonObject { ["_id"] = answer?["data"]?["_id"]?.DeepClone() } };

    public bool IsFor(Exchange exchange) => exchange.Section == Section && exchange.Case == Case;

    /// <summary>The exchange as it is sent besides.</summary>
    public Exchange Made(Exchange exchange)
    {
        var body = exchange.Body!.DeepClone().AsObject();
        foreach (var (name, value) in Also!)
            body[name] = value?.DeepClone();
        return Path is null ? exchange with { Body = body } : exchange with { Body = body, Path = Path, Answer = IdIn(exchange.Answer) };
    }
}

/// <summary><c>differences.json</c>: a few headings, each with its reason, and what stands under them.</summary>
internal sealed record DifferenceList(
    IReadOnlyDictionary<string, string> Headings, IReadOnlyList<Detour> Detours, IReadOnlyList<ListedDifference> Differences)
{
    /// <summary>The one heading of differences that nobody intended.</summary>
    public const string SaidDifferently = "said differently";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };

    public static DifferenceList Read() => JsonSerializer.Deserialize<DifferenceList>(
        File.ReadAllText(Repository.Folder("tests", "Carillon.Contract", "Exchanges", "differences.json")), Options)!;

    public ListedDifference? Find(Difference difference) => Differences.FirstOrDefault(listed => listed.Covers(difference));
}
