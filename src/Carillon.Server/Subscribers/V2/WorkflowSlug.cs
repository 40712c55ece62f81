using System.Globalization;
using System.Numerics;
using Carillon.Data;
using Carillon.Data.Workflows;

namespace Carillon.Server.Subscribers.V2;

/// <summary>How the second version names a workflow in addresses: for people to read, with its id at the end in base 62.</summary>
internal static class WorkflowSlug
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string Mark = "_wf_";
    private const int Length = 16;

    public static string Of(Workflow workflow) => $"{Slug.Of(workflow.Name)}{Mark}{Encode(workflow.Id)}";

    /// <summary>The id in a slug; null where there is none.</summary>
    public static string? IdIn(string slug)
    {
        var at = slug.LastIndexOf(Mark, StringComparison.Ordinal);
        return at >= 0 && Decode(slug[(at + Mark.Length)..]) is { } id && Ids.IsId(id) ? id : null;
    }

    private static string Encode(string id)
    {
        var rest = BigInteger.Parse("0" + id, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var text = "";
        for (; rest > 0; rest /= Digits.Length) text = Digits[(int)(rest % Digits.Length)] + text;
        return text.PadLeft(Length, Digits[0]);
    }

    private static string? Decode(string text)
    {
        if (text.Length is < Length or > Length + 1 || text.Any(digit => !Digits.Contains(digit, StringComparison.Ordinal))) return null;

        var number = text.Aggregate(BigInteger.Zero, (sum, digit) => sum * Digits.Length + Digits.IndexOf(digit, StringComparison.Ordinal));
        return number.ToString("x24", CultureInfo.InvariantCulture).TrimStart('0').PadLeft(24, '0');
    }
}
