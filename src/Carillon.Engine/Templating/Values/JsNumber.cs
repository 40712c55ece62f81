using System.Globalization;
using System.Numerics;

namespace Carillon.Engine.Templating.Values;

/// <summary>Numbers to text and back as JavaScript does it: the shortest digits, an exponent from 1e21 and below 1e-6.</summary>
internal static class JsNumber
{
    private const double LargestExactInteger = 9007199254740992;

    public static string ToText(double number)
    {
        if (Math.Abs(number) < LargestExactInteger && number == Math.Floor(number))
            return ((long)number).ToString(CultureInfo.InvariantCulture);
        if (double.IsNaN(number))
            return "NaN";
        if (double.IsInfinity(number))
            return number > 0 ? "Infinity" : "-Infinity";

        var (digits, exponent) = Digits(Math.Abs(number));
        return (number < 0 ? "-" : "") + Lay(digits, exponent);
    }

    /// <summary><c>Number(text)</c>: NaN unless the whole text is a number; an empty one is 0.</summary>
    public static double Parse(string text)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.IsEmpty)
            return 0;
        if (trimmed.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return ulong.TryParse(trimmed[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? hex : double.NaN;
        return PrefixLength(trimmed) == trimmed.Length ? ParseExact(trimmed) : double.NaN;
    }

    /// <summary><c>parseFloat(text)</c>: the number the text begins with, or NaN.</summary>
    public static double ParsePrefix(string text)
    {
        var trimmed = text.AsSpan().TrimStart();
        return PrefixLength(trimmed) is var length && length > 0 ? ParseExact(trimmed[..length]) : double.NaN;
    }

    /// <summary><c>toFixed</c>: halves of the exact value go away from zero; from 1e21 on as <see cref="ToText"/>.</summary>
    public static string ToFixed(double number, int decimals)
    {
        if (!(Math.Abs(number) < 1e21))
            return ToText(number);

        var digits = Scaled(Math.Abs(number), decimals).ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        var sign = number < 0 ? "-" : "";
        return decimals == 0 ? sign + digits : string.Concat(sign, digits.AsSpan(0, digits.Length - decimals), ".", digits.AsSpan(digits.Length - decimals));
    }

    /// <summary>The number times a power of ten, rounded: exact, since a double is a whole number times a power of two.</summary>
    private static BigInteger Scaled(double number, int decimals)
    {
        var bits = BitConverter.DoubleToInt64Bits(number);
        var exponent = (int)(bits >> 52) & 0x7FF;
        var mantissa = (bits & 0xFFFFFFFFFFFFF) | (exponent == 0 ? 0 : 1L << 52);
        var power = Math.Max(exponent, 1) - 1075;
        var scaled = mantissa * BigInteger.Pow(10, decimals);
        return power >= 0 ? scaled << power : ((scaled << 1) + (BigInteger.One << -power)) >> (1 - power);
    }

    private static (string Digits, int Exponent) Digits(double number)
    {
        // "1.2345E+020": one digit, the others, the power of ten of the first.
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        var e = text.IndexOf('E', StringComparison.Ordinal);
        var exponent = e < 0 ? 0 : int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = e < 0 ? text : text[..e];
        var dot = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = dot < 0 ? mantissa.Length : dot;
        var all = mantissa.Replace(".", "", StringComparison.Ordinal);
        var leading = all.Length - all.TrimStart('0').Length;
        return (all.Trim('0'), exponent + whole - 1 - leading);
    }

    private static string Lay(string digits, int exponent)
    {
        if (exponent is >= 21 or < -6)
        {
            var fraction = digits.Length > 1 ? "." + digits[1..] : "";
            return string.Create(CultureInfo.InvariantCulture, $"{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent)}");
        }
        if (exponent < 0)
            return "0." + new string('0', -exponent - 1) + digits;
        if (digits.Length <= exponent + 1)
            return digits.PadRight(exponent + 1, '0');
        return string.Concat(digits.AsSpan(0, exponent + 1), ".", digits.AsSpan(exponent + 1));
    }

    private static int PrefixLength(ReadOnlySpan<char> text)
    {
        var start = text is ['+' or '-', ..] ? 1 : 0;
        if (text[start..].StartsWith("Infinity"))
            return start + 8;

        var whole = Run(text, start);
        var end = whole;
        if (end < text.Length && text[end] == '.')
            end = Run(text, end + 1);
        if (end - start - (end > whole ? 1 : 0) == 0)
            return 0;
        if (end >= text.Length || text[end] is not ('e' or 'E'))
            return end;

        var exponent = end + 1 < text.Length && text[end + 1] is '+' or '-' ? end + 2 : end + 1;
        return Run(text, exponent) is var last && last > exponent ? last : end;
    }

    private static int Run(ReadOnlySpan<char> text, int from)
    {
        while (from < text.Length && char.IsAsciiDigit(text[from]))
            from++;
        return from;
    }

    private static double ParseExact(ReadOnlySpan<char> text) => text[^1] == 'y'
        ? text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity
        : double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
