using Carillon.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Carillon.Tests.Architecture;

/// <summary>A file of the product, as text and as syntax. <paramref name="Path"/> is relative to <c>src</c>, with slashes.</summary>
internal sealed record SourceFile(string Path, CompilationUnitSyntax Root)
{
    /// <summary>Every file that people write below <c>src</c>; migrations are the tool's.</summary>
    public static IReadOnlyList<SourceFile> All { get; } = [.. Read()];

    public string Project => Path.Split('/')[0];

    /// <summary>The folders between the project and the file.</summary>
    public string[] Folders => Path.Split('/')[1..^1];

    public int Lines => Root.GetText().Lines.Count - (Root.GetText().ToString().EndsWith('\n') ? 1 : 0);

    public IEnumerable<BaseTypeDeclarationSyntax> Types => Root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>();

    public string? Namespace => Root.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault()?.Name.ToString();

    public IEnumerable<string> Usings => Root.DescendantNodes().OfType<UsingDirectiveSyntax>()
        .Select(directive => directive.NamespaceOrType.ToString());

    /// <summary>Namespaces it names: by using, or in front of a name.</summary>
    public IEnumerable<string> Mentions => Usings.Concat(
        Root.DescendantNodes().OfType<NameSyntax>()
            .Where(name => name is QualifiedNameSyntax && name.Parent is not (QualifiedNameSyntax or UsingDirectiveSyntax or BaseNamespaceDeclarationSyntax))
            .Select(name => name.ToString()));

    public string At(SyntaxNode node) => $"{Path}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}";

    private static IEnumerable<SourceFile> Read()
    {
        var source = Repository.Folder("src");
        return
            from path in Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            let relative = System.IO.Path.GetRelativePath(source, path).Replace('\\', '/')
            where !relative.Split('/').Any(folder => folder is "bin" or "obj" or "Migrations")
            orderby relative
            select new SourceFile(relative, CSharpSyntaxTree.ParseText(File.ReadAllText(path)).GetCompilationUnitRoot());
    }
}
