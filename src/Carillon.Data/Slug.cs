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

    // Letters and signs that have a spelling of their own, and no decomposition into ASCII that would give it.
    private static readonly Dictionary<char, string> Spellings = Pairs(
        "ß ss æ ae œ oe ø o đ d ð d þ th ł l ı i ə e ƒ f ∂ d",
        "& and | or $ dollar % percent < less > greater ¢ cent £ pound ¤ currency ¥ yen € euro ∑ sum ∞ infinity ♥ love © c ® r ™ tm º o ª a",
        "а a б b в v г g д d е e ё yo ж zh з z и i й j к k л l м m н n о o п p р r с s т t у u ф f х h ц c ч ch ш sh щ sh ъ u ы y э e ю yu я ya",
        "є ye і i ї yi ґ g ђ dj ј j љ lj њ nj ћ c џ dz",
        "α a β b γ g δ d ε e ζ z η h θ 8 ι i κ k λ l μ m ν n ξ 3 ο o π p ρ r σ s ς s τ t υ y φ f χ x ψ ps ω w");

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
        if (rune.IsAscii && Rune.IsLetterOrDigit(rune)) return Rune.ToLowerInvariant(rune).ToString();

        var lower = Rune.ToLowerInvariant(rune).ToString();
        return lower.Length == 1 && Spellings.TryGetValue(lower[0], out var spelling)
            ? spelling
            : string.Concat(lower.Normalize(NormalizationForm.FormD).Select(SpellPart));
    }

    private static string SpellPart(char part) =>
        char.IsAsciiLetterOrDigit(part) ? char.ToLowerInvariant(part).ToString() : Spellings.GetValueOrDefault(part, "");

    private static Dictionary<char, string> Pairs(params string[] lines) => lines
        .SelectMany(line => line.Split(' ').Chunk(2))
        .ToDictionary(pair => pair[0][0], pair => pair[1]);
}
