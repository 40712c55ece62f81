using System.Text.RegularExpressions;

namespace Carillon.Tests.Architecture;

public sealed partial class NamingTests
{
    [Fact]
    public void Types_are_named_for_what_they_do() => Rule.Holds(
        from file in SourceFile.All
        from type in file.Types
        where EmptyName().IsMatch(type.Identifier.Text)
        select $"{file.At(type)} {type.Identifier.Text}");

    [Fact]
    public void Folders_are_named_for_what_is_in_them() => Assert.Empty(
        SourceFile.All.SelectMany(file => file.Folders)
            .Intersect(["Base", "Common", "Core", "Extensions", "Helpers", "Misc", "Shared", "Utilities", "Utils"], StringComparer.OrdinalIgnoreCase));

    [Fact]
    public void Namespaces_are_folders() => Rule.Holds(
        from file in SourceFile.All
        let expected = string.Join('.', [file.Project, .. file.Folders])
        where file.Namespace is { } actual && actual != expected
        select $"{file.Path} is in {file.Namespace}");

    [Fact]
    public void Nothing_is_left_for_later() => Rule.Holds(
        from file in SourceFile.All
        from Match match in Later().Matches(file.Root.ToFullString())
        select $"{file.Path} {match.Value}");

    [GeneratedRegex("(Manager|Helper|Helpers|Util|Utils|Utilities|Impl)$|^Base[A-Z]|^Common[A-Z]")]
    private static partial Regex EmptyName();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException|#pragma|#region")]
    private static partial Regex Later();
}
