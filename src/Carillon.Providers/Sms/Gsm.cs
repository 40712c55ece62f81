using System.Buffers;

namespace Carillon.Providers.Sms;

/// <summary>
/// The alphabet that a text message can carry without saying so (GSM 03.38). Gateways that do not look for themselves must be
/// told when a text needs more.
/// </summary>
internal static class Gsm
{
    private static readonly SearchValues<char> Alphabet = SearchValues.Create(
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
        + "abcdefghijklmnopqrstuvwxyzäöñüà^{}\\[~]|€");

    public static bool Holds(string text) => !text.AsSpan().ContainsAnyExcept(Alphabet);
}
