using System.Text.RegularExpressions;
using Carillon.Data;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Tests.Architecture;

/// <summary>Where the database may be talked to, and that no statement forgets whose rows they are.</summary>
public sealed partial class DataTests
{
    private const string Shared = "environments take turns at the engine";
    private const string Old = "what is too old is so in every environment";

    // Statements that look across environments on purpose.
    private static readonly Dictionary<string, string> AcrossEnvironments = new()
    {
        ["PostgresEngineStore ClaimRuns"] = Shared,
        ["PostgresEngineStore TakeRuns"] = Shared,
        ["SqliteEngineStore ClaimEvents"] = Shared,
        ["SqliteEngineStore ClaimRun"] = Shared,
        ["SqliteEngineStore DueRuns"] = Shared,
        ["PostgresEngineStore ClaimOutgoing"] = Shared,
        ["PostgresEngineStore DueEndpoints"] = Shared,
        ["SqliteEngineStore DueEndpoints"] = Shared,
        ["SqliteEngineStore DueOutgoing"] = Shared,
        ["PostgresEngineStore PruneOutgoing"] = Old,
        ["PostgresEngineStore EndUnfinished"] = "is about sessions, not about rows",
        ["PruneStatements Outgoing"] = Old,
        ["PruneStatements Runs"] = Old,
        ["PruneStatements Digests"] = Old,
        ["PruneStatements InAppMessages"] = Old,
        ["PruneStatements OtherMessages"] = Old,
        ["PruneStatements ConsumedStates"] = Old,
        ["PruneStatements Reports"] = Old,
    };

    private const string Due = "takes what is due, wherever it is";
    private const string OfEvent = "an event's runs are in many buckets";

    // Statements that look into all buckets on purpose, and what they go by instead.
    private static readonly Dictionary<string, string> AcrossBuckets = new()
    {
        ["PostgresEngineStore ClaimRuns"] = Due,
        ["PostgresEngineStore ClaimRunsInTurn"] = Due,
        ["SqliteEngineStore DueRuns"] = Due,
        ["SqliteEngineStore DueRunsInTurn"] = Due,
        ["TurnStatements NextDue"] = Due,
        ["TurnStatements WithRuns"] = Due,
        ["PostgresEngineStore WithRun"] = OfEvent,
        ["SqliteEngineStore WithRun"] = OfEvent,
        ["SqliteEngineStore CancelRuns"] = OfEvent,
        ["PruneStatements Events"] = OfEvent,
        ["PostgresEngineStore ReportedMessages"] = "a provider's name for a message says no bucket",
        ["SqliteEngineStore ReportedMessages"] = "a provider's name for a message says no bucket",
    };

    // Entities that belong to no environment.
    private static readonly Dictionary<string, string> OfNoEnvironment = new()
    {
        ["AppEnvironment"] = "belongs to an organization",
        ["Member"] = "belongs to an organization",
        ["Organization"] = "owns environments",
        ["SocketNode"] = "is a process, where subscribers of all environments have sockets",
        ["OutgoingMail"] = "is from the server itself",
        ["PasswordReset"] = "belongs to a user",
        ["User"] = "may be a member of several organizations",
    };

    [Fact]
    public void Only_the_data_project_speaks_to_a_database() => Rule.Holds(
        from file in SourceFile.All
        where file.Project != "Carillon.Data"
        from name in file.Mentions
        where name.StartsWith("Npgsql", StringComparison.Ordinal) || name.StartsWith("Microsoft.Data.Sqlite", StringComparison.Ordinal)
        select $"{file.Path} uses {name}");

    [Fact]
    public void Only_the_data_project_holds_statements() => Rule.Holds(
        from file in SourceFile.All
        where file.Project != "Carillon.Data"
        from text in Texts(file)
        where Statement().IsMatch(text.ToString())
        select $"{file.At(text)} {text}");

    [Fact]
    public void Every_statement_names_its_environment() => Rule.Holds(
        from file in SourceFile.All
        where file.Path.StartsWith("Carillon.Data/Execution/", StringComparison.Ordinal)
        from field in file.Root.DescendantNodes().OfType<VariableDeclaratorSyntax>()
        let sql = field.Initializer?.Value.ToString() ?? ""
        where Statement().IsMatch(sql) && !sql.Contains("environment_id", StringComparison.Ordinal)
        let name = $"{Path.GetFileName(file.Path).Split('.')[0]} {field.Identifier.Text}"
        where !AcrossEnvironments.ContainsKey(name)
        select $"{file.At(field)} {name}");

    [Fact]
    public void Every_statement_names_the_bucket_of_what_is_kept_by_bucket() => Rule.Holds(
        from file in SourceFile.All
        where file.Path.StartsWith("Carillon.Data/Execution/", StringComparison.Ordinal)
        from field in file.Root.DescendantNodes().OfType<VariableDeclaratorSyntax>()
        let sql = field.Initializer?.Value.ToString() ?? ""
        where Bucketed().IsMatch(sql) && !Bucket().IsMatch(sql)
        let name = $"{Path.GetFileName(file.Path).Split('.')[0]} {field.Identifier.Text}"
        where !AcrossBuckets.ContainsKey(name)
        select $"{file.At(field)} {name}");

    [Fact]
    public void Every_entity_of_an_environment_is_filtered_by_it()
    {
        using var db = new Database("Data Source=:memory:").Open(new CurrentEnvironment());

        var open =
            from entity in db.Model.GetEntityTypes()
            where entity.GetDeclaredQueryFilters().All(filter => filter.Key != CarillonDb.EnvironmentFilter)
            where !OfNoEnvironment.ContainsKey(entity.ClrType.Name)
            select entity.ClrType.Name;

        Rule.Holds(open);
    }

    [Fact]
    public void Only_the_outbound_client_calls_out() => Rule.Holds(
        from file in SourceFile.All
        where !file.Path.StartsWith("Carillon.Providers/Http/", StringComparison.Ordinal)
        from created in file.Root.DescendantNodes().OfType<ObjectCreationExpressionSyntax>()
        where created.Type.ToString() is "HttpClient" or "SocketsHttpHandler" or "HttpClientHandler" or "TcpClient" or "Socket"
        select $"{file.At(created)} {created.Type}");

    [Fact]
    public void Services_are_asked_for_only_where_they_are_composed() => Rule.Holds(
        from file in SourceFile.All
        where file.Path is not ("Carillon.Server/Program.cs" or "Carillon.Server/Configuration/Settings.cs" or "Carillon.Engine/EngineServices.cs")
        from name in file.Root.DescendantNodes().OfType<GenericNameSyntax>()
        where name.Identifier.Text is "GetRequiredService"
        select file.At(name));

    private static IEnumerable<ExpressionSyntax> Texts(SourceFile file) => file.Root.DescendantNodes()
        .OfType<ExpressionSyntax>()
        .Where(node => node is LiteralExpressionSyntax or InterpolatedStringExpressionSyntax);

    [GeneratedRegex(@"\b(FROM|JOIN|UPDATE|INTO)\s+(runs|messages|digests|digest_arrivals|message_reports|subscriber_preferences)\b")]
    private static partial Regex Bucketed();

    // As a condition, or as a column that is written.
    [GeneratedRegex(@"bucket = |\(bucket, |INTO \w+ \(\{Rows\.")]
    private static partial Regex Bucket();

    [GeneratedRegex(@"\b(SELECT\s.*\sFROM\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s)", RegexOptions.Singleline)]
    private static partial Regex Statement();
}
