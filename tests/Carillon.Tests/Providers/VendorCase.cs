using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Carillon.Providers;
using Carillon.Tests.Support;

namespace Carillon.Tests.Providers;

/// <summary>
/// What one vendor is asked and answers, from a file in <c>Cases</c> that is named after the provider. Lines that begin with
/// <c>account</c>, <c>overrides</c> or <c>custom</c> are JSON; those with <c>&gt;</c> are a request: method and address, headers,
/// body as JSON (forms too); those with <c>&lt;</c> answer it when another request follows. The others are answers to the last
/// request and what each comes to:
/// <code>429 [Retry-After: 30] {"message":"slow down"} => unavailable 30</code>
/// </summary>
internal sealed partial record VendorCase(string Id, string Account, string Overrides, string Custom, IReadOnlyList<VendorCase.Exchange> Requests, IReadOnlyList<VendorCase.Row> Rows)
{
    public static IReadOnlyList<VendorCase> All { get; } =
        [.. Directory.EnumerateFiles(Repository.Folder("tests", "Carillon.Tests", "Providers", "Cases"), "*.txt").Order().Select(Read)];

    public sealed record Exchange(string Method, string Url, IReadOnlyDictionary<string, string> Headers, string? Body, Answer? Then);

    public sealed record Answer(int Status, string? Header, string Body);

    public sealed record Row(Answer Answer, string Outcome);

    public static string OutcomeOf(SendResult result) => result switch
    {
        SendResult.Sent sent => $"sent {sent.ProviderMessageId}".TrimEnd(),
        SendResult.Refused refused => refused.For switch
        {
            RefusedFor.Gone => "gone",
            RefusedFor.Account => "account",
            _ => "refused",
        },
        SendResult.Unavailable { MayHaveArrived: true } => "unknown",
        SendResult.Unavailable unavailable =>
            string.Create(CultureInfo.InvariantCulture, $"unavailable {unavailable.RetryAfter?.TotalSeconds}").TrimEnd(),
        _ => throw new InvalidOperationException($"Unknown result {result}."),
    };

    public override string ToString() => Id;

    private static VendorCase Read(string path)
    {
        var lines = File.ReadAllLines(path).Where(line => line.Trim().Length > 0).ToList();
        return new(
            Path.GetFileNameWithoutExtension(path),
            VendorKeys.FillIn(Setting(lines, "account")),
            Setting(lines, "overrides"),
            Setting(lines, "custom"),
            [.. RequestsIn(lines)],
            [.. lines.Select(line => RowLine().Match(line)).Where(match => match.Success)
                .Select(match => new Row(AnswerIn(match.Groups[1].Value), match.Groups[2].Value.Trim()))]);
    }

    private static string Setting(List<string> lines, string name) =>
        lines.Find(line => line.StartsWith($"{name} ", StringComparison.Ordinal))?[(name.Length + 1)..] ?? "{}";

    private static IEnumerable<Exchange> RequestsIn(List<string> lines)
    {
        var marked = lines.Where(line => line[0] is '>' or '<').ToList();
        var starts = marked.Index().Where(line => StartLine().IsMatch(line.Item)).Select(line => line.Index).ToList();
        foreach (var (order, start) in starts.Index())
        {
            var block = marked[start..(order + 1 < starts.Count ? starts[order + 1] : marked.Count)];
            var asked = block.Skip(1).Where(line => line[0] == '>').Select(line => line[1..].Trim()).ToList();
            var head = StartLine().Match(block[0]);
            var answer = block.Find(line => line[0] == '<')?[1..].Trim();
            yield return new(
                head.Groups[1].Value,
                head.Groups[2].Value,
                asked.Where(line => line[0] is not ('{' or '[')).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1]),
                asked.Find(line => line[0] is '{' or '['),
                answer is null ? null : AnswerIn(answer));
        }
    }

    private static Answer AnswerIn(string text)
    {
        var match = AnswerText().Match(text.Trim());
        return new(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), match.Groups[2].Success ? match.Groups[2].Value : null, match.Groups[3].Value.Trim());
    }

    [GeneratedRegex("^> (POST|GET|PUT) (.+)$")]
    private static partial Regex StartLine();

    [GeneratedRegex("^([1-5][0-9][0-9].*)=>(.*)$")]
    private static partial Regex RowLine();

    [GeneratedRegex(@"^(\d{3})(?: \[([A-Za-z-]+: [^\]]*)\])?(.*)$")]
    private static partial Regex AnswerText();
}
