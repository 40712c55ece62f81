namespace Carillon.Server.Http.Input;

/// <summary>How long a body may be: generous where content is sent, small everywhere else.</summary>
internal static class BodyLimit
{
    public const int Largest = 20 * 1024 * 1024;
    private const int Default = 100 * 1024;

    /// <summary>For anybody who finds the address, so no more than vendors need.</summary>
    private const int Reports = 2 * 1024 * 1024;

    private static readonly string[] Generous =
    [
        "/v1/bridge/diff",
        "/v1/bridge/sync",
        "/v1/events",
        "/v1/layouts",
        "/v1/notification-templates",
        "/v1/workflows",
    ];

    public static int For(PathString path) => path.StartsWithSegments("/v1/webhooks")
        ? Reports
        : Generous.Any(prefix => path.Value?.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) == true) ? Largest : Default;
}
