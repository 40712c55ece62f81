using System.Globalization;

namespace Carillon.Server.Http.Input;

/// <summary>Text to number as clients' own language does it: blank is zero, and what is no number is not a number.</summary>
internal static class JavaScriptNumber
{
    private const NumberStyles Decimal =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public static double Parse(string text)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.IsEmpty) return 0;
        if (!char.IsAsciiDigit(trimmed[^1]) && trimmed[^1] != '.') return double.NaN;
        return double.TryParse(trimmed, Decimal, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
    }
}
