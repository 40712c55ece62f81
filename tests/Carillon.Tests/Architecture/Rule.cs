namespace Carillon.Tests.Architecture;

/// <summary>A rule of the house: it holds where nobody breaks it, and otherwise every trespass is shown, one to a line.</summary>
internal static class Rule
{
    public static void Holds(IEnumerable<string> trespasses)
    {
        var all = trespasses.ToList();
        Assert.True(all.Count == 0, string.Join("\n", all));
    }
}
