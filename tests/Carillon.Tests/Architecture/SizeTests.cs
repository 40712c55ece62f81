using System.Globalization;
using Carillon.Tests.Support;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Carillon.Tests.Architecture;

/// <summary>Small by habit. What is one thought and larger stands in a list here, with the reason.</summary>
public sealed class SizeTests
{
    private const int LongestFile = 300;
    private const int LongestFunction = 60;
    private const int MostDependencies = 5;

    private static readonly Dictionary<string, string> LongFiles = [];

    private static readonly Dictionary<string, string> LongFunctions = [];

    private static readonly Dictionary<string, string> ManyDependencies = [];

    [Fact]
    public void No_file_is_longer_than_300_lines() => Rule.Holds(
        from file in SourceFile.All
        where file.Lines > LongestFile && !LongFiles.ContainsKey(file.Path)
        select $"{file.Path} has {file.Lines}");

    [Fact]
    public void No_function_is_longer_than_60_lines() => Rule.Holds(
        from function in Function.All
        where function.Lines > LongestFunction && !LongFunctions.ContainsKey($"{function.File.Path} {function.Name}")
        select $"{function.At} has {function.Lines}");

    [Fact]
    public void No_class_needs_more_than_five_others() => Rule.Holds(
        from file in SourceFile.All
        from type in file.Root.DescendantNodes().OfType<ClassDeclarationSyntax>()
        from dependencies in Dependencies(type)
        where dependencies > MostDependencies && !ManyDependencies.ContainsKey($"{file.Path} {type.Identifier.Text}")
        select $"{file.At(type)} {type.Identifier.Text} takes {dependencies}");

    [Fact]
    public void Exceptions_from_size_are_still_needed()
    {
        Assert.All(LongFiles.Keys, path => Assert.Contains(SourceFile.All, file => file.Path == path && file.Lines > LongestFile));
        Assert.All(LongFunctions.Keys, name => Assert.Contains(
            Function.All, function => $"{function.File.Path} {function.Name}" == name && function.Lines > LongestFunction));
    }

    [Fact]
    public void Half_of_all_files_and_functions_fit_on_a_screen()
    {
        var files = new Sizes<SourceFile>(SourceFile.All, file => file.Lines, file => file.Path);
        var functions = new Sizes<Function>(Function.All, function => function.Lines, function => function.At);
        Figures.Write("sizes", $"""
            Sizes in lines, without tests and migrations
                         count  median  90 %  largest
            {files.Row("files")}
            {functions.Row("functions")}
            """);

        Assert.InRange(files.At(0.5), 1, 60);
        Assert.InRange(files.At(0.95), 1, 200);
        Assert.InRange(functions.At(0.5), 1, 8);
        Assert.InRange(functions.At(0.95), 1, 30);
    }

    private static IEnumerable<int> Dependencies(ClassDeclarationSyntax type) =>
    [
        type.ParameterList?.Parameters.Count ?? 0,
        .. type.Members.OfType<ConstructorDeclarationSyntax>().Select(constructor => constructor.ParameterList.Parameters.Count),
    ];

    private sealed class Sizes<T>(IReadOnlyList<T> all, Func<T, int> size, Func<T, string> name)
    {
        private readonly List<T> _sorted = [.. all.OrderBy(size)];

        public int At(double share) => size(_sorted[(int)Math.Ceiling(share * _sorted.Count) - 1]);

        public string Row(string title) => string.Create(
            CultureInfo.InvariantCulture, $"{title,-11}{_sorted.Count,7}{At(0.5),8}{At(0.9),6}{At(1),9}  {name(_sorted[^1])}");
    }
}
