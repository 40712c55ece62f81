using System.Text.RegularExpressions;
using Carillon.Tests.Support;

namespace Carillon.Tests.Engine.Rules;

public sealed partial class EngineRuleTests
{
    private static readonly IReadOnlyList<string> Projects = ["Carillon.Tests", "Carillon.Contract"];

    [Fact]
    public void Every_rule_is_shown_by_tests_that_are_there()
    {
        var tests = Tests();

        Assert.Empty(
            from rule in EngineRules.All
            from missing in rule.Tests.DefaultIfEmpty("a test").Where(test => !tests.Contains(test))
            select $"{rule.Group}, {rule.Says}: {missing}");
    }

    private static HashSet<string> Tests() =>
    [
        .. from project in Projects
           from file in Directory.EnumerateFiles(Repository.Folder("tests", project), "*.cs", SearchOption.AllDirectories)
           let name = Path.GetFileName(file).Split('.')[0]
           from Match test in Test().Matches(File.ReadAllText(file))
           select $"{name}.{test.Groups[1].Value}",
    ];

    [GeneratedRegex(@"\bpublic (?:async )?(?:Task|void) (\w+)\(")]
    private static partial Regex Test();
}
