namespace Carillon.Contract.Exchanges;

/// <summary>Where an answer is not what was recorded: <c>status</c>, <c>header Location</c>, or a field such as <c>data[].name</c>.</summary>
internal sealed record Difference(Exchange Exchange, string At, string Recorded, string Actual)
{
    public override string ToString() => $"{At}: {Short(Recorded)} → {Short(Actual)}";

    private static string Short(string text) => text.Length > 200 ? text[..200] + "…" : text;
}
