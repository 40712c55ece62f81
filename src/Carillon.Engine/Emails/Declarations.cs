namespace Carillon.Engine.Emails;

/// <summary>The declarations of one rule or one element, in the order in which they override each other.</summary>
internal sealed class Declarations
{
    private const string Important = "!important";

    private readonly List<(string Name, string Value, bool IsImportant)> _all = [];

    public static Declarations Parse(string css)
    {
        var parsed = new Declarations();
        foreach (var declaration in Stylesheet.Split(css, ';'))
        {
            var colon = declaration.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0) continue;

            var value = declaration[(colon + 1)..].Trim();
            var isImportant = value.EndsWith(Important, StringComparison.OrdinalIgnoreCase);
            parsed._all.Add((declaration[..colon].Trim(), isImportant ? value[..^Important.Length].TrimEnd() : value, isImportant));
        }

        return parsed;
    }

    /// <summary>
    /// A name of the other side goes out of ours. Twice within one side it stays, since the first is for those who do not understand
    /// the second.
    /// </summary>
    public void Override(Declarations other, bool important)
    {
        var coming = other._all.Where(declaration => declaration.IsImportant == important).ToList();
        _all.RemoveAll(own => coming.Exists(declaration => declaration.Name.Equals(own.Name, StringComparison.OrdinalIgnoreCase)));
        _all.AddRange(coming);
    }

    public override string ToString() =>
        string.Join("; ", _all.Select(one => $"{one.Name}: {one.Value}{(one.IsImportant ? " " + Important : "")}"));
}
