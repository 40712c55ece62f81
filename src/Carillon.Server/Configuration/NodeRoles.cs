namespace Carillon.Server.Configuration;

/// <summary>What this process does: all of it unless it is told otherwise.</summary>
/// <param name="Api">Answers the API; without, only its health and its metrics.</param>
/// <param name="Engine">Expands, runs, delivers and prunes; without, it still keeps what it accepts.</param>
/// <param name="Sockets">Holds the connections of open inboxes.</param>
internal sealed record NodeRoles(bool Api, bool Engine, bool Sockets)
{
    private static readonly string[] All = ["api", "engine", "sockets"];

    public static string Default => string.Join(',', All);

    public IReadOnlyList<string> Names =>
        [.. All.Where(name => name switch { "api" => Api, "engine" => Engine, _ => Sockets })];

    /// <summary>Null where a name is none of these, or there is none at all.</summary>
    public static NodeRoles? Of(string text)
    {
        var names = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return names.Length > 0 && names.All(name => All.Contains(name))
            ? new(names.Contains("api"), names.Contains("engine"), names.Contains("sockets"))
            : null;
    }
}
