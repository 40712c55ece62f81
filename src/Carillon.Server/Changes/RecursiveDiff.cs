using System.Text.Json;

namespace Carillon.Server.Changes;

/// <summary>
/// The difference between two JSON values in the contract's form: what was added, updated and deleted, and where. Along the members
/// of the first value, and at each level what is only in the second at the end.
/// </summary>
internal static class RecursiveDiff
{
    private static readonly JsonElement Nothing = JsonSerializer.SerializeToElement(new { });

    public static IReadOnlyList<DiffLine> Of(JsonElement? before, JsonElement after) => [.. Compare(before ?? Nothing, after, [])];

    private static IEnumerable<DiffLine> Compare(JsonElement before, JsonElement after, object[] path) => (before.ValueKind, after.ValueKind) switch
    {
        (JsonValueKind.Object, JsonValueKind.Object) => Members(before, after, path),
        (JsonValueKind.Array, JsonValueKind.Array) => Items(before, after, path),
        _ => JsonElement.DeepEquals(before, after) ? [] : [new("update", path, after, before)],
    };

    private static IEnumerable<DiffLine> Members(JsonElement before, JsonElement after, object[] path)
    {
        var kept = before.EnumerateObject().SelectMany(member => after.TryGetProperty(member.Name, out var value)
            ? Compare(member.Value, value, [.. path, member.Name])
            : [new("delete", [.. path, member.Name], OldVal: member.Value)]);
        var added =
            from member in after.EnumerateObject()
            where !before.TryGetProperty(member.Name, out _)
            select new DiffLine("add", [.. path, member.Name], member.Value);
        return kept.Concat(added);
    }

    private static IEnumerable<DiffLine> Items(JsonElement before, JsonElement after, object[] path)
    {
        var (old, @new) = (before.GetArrayLength(), after.GetArrayLength());
        var kept = before.EnumerateArray().Take(@new).SelectMany((item, index) => Compare(item, after[index], [.. path, index]));
        var gone = before.EnumerateArray().Skip(@new).Select((item, index) => new DiffLine("delete", [.. path, @new + index], OldVal: item));
        var added = after.EnumerateArray().Skip(old).Select((item, index) => new DiffLine("add", [.. path, old + index], item));
        return kept.Concat(gone).Concat(added);
    }
}

/// <summary>One line of a difference; the path is of names and of places in lists.</summary>
internal sealed record DiffLine(string Op, IReadOnlyList<object> Path, JsonElement? Val = null, JsonElement? OldVal = null);
