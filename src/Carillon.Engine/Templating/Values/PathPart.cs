using System.Globalization;
using System.Text;

namespace Carillon.Engine.Templating.Values;

/// <summary>One name of a path, prepared once for every way it may be looked up.</summary>
internal sealed class PathPart(string name)
{
    public string Name { get; } = name;

    public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(name);

    /// <summary>The array index this name is in JavaScript, or -1.</summary>
    public int Index { get; } = IndexOf(name);

    internal static int IndexOf(string name)
    {
        if (name.Length is 0 or > 10 || (name[0] == '0' && name.Length > 1))
            return -1;
        return int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : -1;
    }
}
