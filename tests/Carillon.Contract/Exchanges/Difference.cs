namespace Carillon.Contract.Exchanges;

/// <summary>Where an answer is not what was recorded: <c>status</c>, <c>header Location</c>, or a field such as <c>data[].name</c>.</summary>
internal sealed record Difference(Exchange Exchange, string At, string Recorded, string Actual)
{
    /// <summary>Whose field it is, and which, where it is of something with an id.</summary>
    public string? Of { get; init; }

    /// <summary>An earlier exchange differed in the same field of the same thing already, which is counted there.</summary>
    public bool Again { get; init; }

    /// <summary>The same for each exchange that shows it.</summary>
    public (string Of, string Recorded, string Actual)? Lasting => Of is null ? null : (Of, Recorded, Actual);

    public override string ToString() => $"{At}: {Short(Recorded)} → {Short(Actual)}";

    private static string Short(string text) => text.Length > 200 ? text[..200] + "…" : text;
}
