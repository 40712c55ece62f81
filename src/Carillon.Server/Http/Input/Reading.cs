namespace Carillon.Server.Http.Input;

/// <summary>
/// What a request reads, for the description of the API: found out by giving it nothing. It asks for its members by name, and
/// complains of those it cannot do without. The framework's own metadata would also choose routes by content type.
/// </summary>
internal sealed record Reading(bool IsQuery, IReadOnlyCollection<string> Names, IReadOnlyList<string> Complaints)
{
    public static Reading Of<T>(bool isQuery)
        where T : class, IRequest<T> =>
        Of(isQuery, fields => T.Read(fields));

    public static Reading Of(bool isQuery, Action<Fields> read)
    {
        var names = new List<string>();
        var fields = new Fields(names, isQuery);
        read(fields);
        return new(isQuery, [.. names.Distinct()], fields.Problem?.Message as IReadOnlyList<string> ?? []);
    }

    public bool IsRequired(string name) =>
        ComplaintsAbout(name).Any() || Complaints.Any(complaint => complaint.StartsWith($"each value in {name} ", StringComparison.Ordinal));

    public bool Wants(string name, string what) => ComplaintsAbout(name).Any(complaint => complaint.EndsWith(what, StringComparison.Ordinal));

    private IEnumerable<string> ComplaintsAbout(string name) =>
        Complaints.Where(complaint => complaint.StartsWith($"{name} ", StringComparison.Ordinal));
}
