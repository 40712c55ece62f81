namespace Carillon.Providers.Sms;

/// <summary>Phone numbers as vendors want them.</summary>
internal static class PhoneNumber
{
    /// <summary>Without the sign or the zeros that say "international".</summary>
    public static string Bare(string number) =>
        number.StartsWith('+') ? number[1..] : number.StartsWith("00", StringComparison.Ordinal) ? number[2..] : number;
}
