using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Carillon.Tests.Support;

namespace Carillon.Contract.Exchanges;

/// <summary>
/// A request that was sent to a running original, and what it answered. One that is <see cref="Setup"/> only brings a story of its own
/// to where the first one was, and is not compared.
/// </summary>
internal sealed record Exchange
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>As they are written in the recordings, and read there when a name is translated.</summary>
    public static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public required int Seq { get; init; }
    public required string Case { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Method { get; init; }
    public required string Path { get; init; }
    public required int Status { get; init; }
    public bool Setup { get; init; }
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
    public JsonNode? Body { get; init; }

    /// <summary>A body that is not JSON, or not quite.</summary>
    public string? Raw { get; init; }

    /// <summary>How long <see cref="Raw"/> was, where the greater part of it is left out at the dots.</summary>
    public int? Bytes { get; init; }

    public IReadOnlyDictionary<string, string> AnswerHeaders { get; init; } = new Dictionary<string, string>();
    public JsonNode? Answer { get; init; }

    [JsonIgnore]
    public string Section { get; private init; } = "";

    /// <summary>The body as it was sent, in the names of the recording.</summary>
    public string? Text => this switch
    {
        { Raw: { } raw, Bytes: { } bytes } => raw.Replace("…", new string('a', bytes - raw.Length + 1), StringComparison.Ordinal),
        { Raw: { } raw } => raw,
        _ => Body?.ToJsonString(Plain),
    };

    public static IEnumerable<Exchange> Of(string section) =>
        from line in File.ReadLines(System.IO.Path.Combine(Folder, $"{section}.jsonl"))
        select JsonSerializer.Deserialize<Exchange>(line, Options)! with { Section = section };

    /// <summary>All there are; each is a file.</summary>
    public static IReadOnlyList<string> Sections { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.jsonl").Select(file => System.IO.Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    private static string Folder => Repository.Folder("tests", "Carillon.Contract", "Exchanges", "Recorded");

    public override string ToString() => $"{Section} #{Seq} {Case}: {Method} {Path}";
}
