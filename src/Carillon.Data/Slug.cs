using System.Security.Cryptography;
using System.Text;

namespace Carillon.Data;

/// <summary>Makes identifiers from names, in the spelling clients know: <c>Héllo World!</c> becomes <c>hello-world</c>.</summary>
public static class Slug
{
    /// <summary>Identifiers stand in indexes, which take no text of any length.</summary>
    public const int MaxLength = 200;

    private const int SuffixLength = 9;
    private const string SuffixLetters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>Lower-case ASCII letters, digits and single dashes; empty when the name has none of them.</summary>
    public static string Of(string name)
    {
        var slug = new StringBuilder();
        var gap = false;
        foreach (var rune in name.EnumerateRunes())
        {
            if (slug.Length >= MaxLength) break;

            var letters = Spell(rune);
            if (letters.Length > 0 && gap && slug.Length > 0) slug.Append('-');
            gap = letters.Length == 0 ? gap || IsGap(rune) : false;
            slug.Append(letters);
        }

        return slug.Length > MaxLength ? slug.ToString(0, MaxLength) : slug.ToString();
    }

    /// <summary>The same, told apart from all others by something random.</summary>
    public static string WithSuffix(string slug)
    {
        var suffix = RandomNumberGenerator.GetString(SuffixLetters, SuffixLength);
        return slug.Length == 0 ? suffix : $"{slug}-{suffix}";
    }

    private static bool IsGap(Rune rune) => rune.Value == '-' || Rune.IsWhiteSpace(rune);

    private static string Spell(Rune rune)
    {
        var lower = Rune.ToLowerInvariant(rune);
        if (lower.IsAscii && Rune.IsLetterOrDigit(lower)) return lower.ToString();

        return lower.IsBmp ? Spellings.Of((char)lower.Value) : "";
    }
}
