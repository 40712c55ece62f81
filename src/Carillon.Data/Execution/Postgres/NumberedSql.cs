using System.Text.RegularExpressions;
using Npgsql;

namespace Carillon.Data.Execution.Postgres;

/// <summary>
/// A statement whose parameters have numbers instead of names, as PostgreSQL knows them. With names, the driver reads and writes the statement
/// anew each time it is sent.
/// </summary>
internal sealed partial record NumberedSql(string Text, IReadOnlyList<string> Names)
{
    public static NumberedSql Of(string named)
    {
        List<string> names = [.. Name().Matches(named).Select(match => match.Groups[1].Value).Distinct()];
        return new(Name().Replace(named, match => $"${names.IndexOf(match.Groups[1].Value) + 1}"), names);
    }

    /// <summary>The same parameters, which lose their names by it.</summary>
    public NpgsqlParameter[] InOrder(IReadOnlyCollection<NpgsqlParameter> parameters)
    {
        NpgsqlParameter[] ordered = [.. Names.Select(name => parameters.Single(parameter => parameter.ParameterName == name))];
        foreach (var parameter in ordered) parameter.ParameterName = "";
        return ordered;
    }

    [GeneratedRegex(@"@(\w+)")]
    private static partial Regex Name();
}
