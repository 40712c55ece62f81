using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Carillon.Tests.Architecture;

/// <summary>
/// Anything with a body that does something: methods, constructors, accessors, local functions. Its length is counted from its first
/// line to its last, attributes and comments above it left out.
/// </summary>
internal sealed record Function(SourceFile File, string Name, int Lines, string At)
{
    public static IReadOnlyList<Function> All { get; } = [.. SourceFile.All.SelectMany(In)];

    private static IEnumerable<Function> In(SourceFile file) =>
        from node in file.Root.DescendantNodes()
        where HasBody(node)
        let span = node.GetLocation().GetLineSpan()
        select new Function(file, NameOf(node), LinesOf(node), $"{file.At(node)} {NameOf(node)}");

    private static bool HasBody(SyntaxNode node) => node switch
    {
        BaseMethodDeclarationSyntax method => method.Body is not null || method.ExpressionBody is not null,
        LocalFunctionStatementSyntax => true,
        AccessorDeclarationSyntax accessor => accessor.Body is not null || accessor.ExpressionBody is not null,
        PropertyDeclarationSyntax property => property.ExpressionBody is not null,
        IndexerDeclarationSyntax indexer => indexer.ExpressionBody is not null,
        _ => false,
    };

    private static int LinesOf(SyntaxNode node)
    {
        var first = node is MemberDeclarationSyntax { AttributeLists: [.., var attributes] } ? attributes.GetLastToken().GetNextToken() : node.GetFirstToken();
        var text = node.SyntaxTree.GetText().Lines;
        return text.GetLinePosition(node.Span.End).Line - text.GetLinePosition(first.SpanStart).Line + 1;
    }

    private static string NameOf(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        LocalFunctionStatementSyntax local => local.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
        AccessorDeclarationSyntax { Parent.Parent: PropertyDeclarationSyntax property } => property.Identifier.Text,
        _ => node.Kind().ToString(),
    };
}
