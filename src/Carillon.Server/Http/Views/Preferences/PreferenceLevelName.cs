using Carillon.Server.Http.Answers;

namespace Carillon.Server.Http.Views.Preferences;

/// <summary>The contract's names of the levels that preferences are shown for.</summary>
internal static class PreferenceLevelName
{
    public const string Global = "global";
    public const string Template = "template";

    /// <summary>What is wrong with a level in a path, or null.</summary>
    public static Problem? ProblemWith(string level, string name) =>
        level is Global or Template ? null : Problem.BadRequest([$"{name} must be one of the following values: {Global}, {Template}"]);
}
