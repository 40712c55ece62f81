using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Carillon.Server.Storage;

/// <summary>
/// What a file is called wherever it is kept: whose it is, and letters nobody can guess. A text that is no such name is none,
/// so that no path can lead anywhere else.
/// </summary>
internal sealed partial record FileName
{
    private FileName(string text) => Text = text;

    public string Text { get; }

    public string ContentType => Text.EndsWith(".png", StringComparison.Ordinal) ? "image/png" : "image/jpeg";

    public static FileName ForBranding(string organizationId, string environmentId, string extension) =>
        new($"{organizationId}/{environmentId}/{Random()}.{extension}");

    public static FileName ForProfile(string userId, string extension) => new($"users/{userId}/profile-pictures/{Random()}.{extension}");

    public static FileName? Parse(string text) => Known().IsMatch(text) ? new(text) : null;

    private static string Random() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    [GeneratedRegex(@"^([0-9a-f]{24}/[0-9a-f]{24}|users/[0-9a-f]{24}/profile-pictures)/[0-9a-f]{32}\.(jpg|jpeg|png)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Known();
}
