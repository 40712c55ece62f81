using System.Reflection;
using Carillon.Data;
using Carillon.Engine;
using Carillon.Engine.Steps;
using Carillon.Providers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Carillon.Tests.Architecture;

/// <summary>How types are made, and that what exists is also listed.</summary>
public sealed class ShapeTests
{
    // Two implementations, or a reason.
    private static readonly Dictionary<string, string> LonelyInterfaces = new()
    {
        ["IStepHandler"] = "every kind of step stands behind it",
    };

    private static readonly Assembly[] Product =
        [typeof(CarillonDb).Assembly, typeof(ProviderCatalog).Assembly, typeof(CarillonEngine).Assembly, typeof(Program).Assembly];

    [Fact]
    public void Every_class_is_sealed_static_or_abstract() => Rule.Holds(
        from file in SourceFile.All
        from type in file.Types
        where type is ClassDeclarationSyntax or RecordDeclarationSyntax { ClassOrStructKeyword.RawKind: not (int)SyntaxKind.StructKeyword }
        where !type.Modifiers.Any(modifier => modifier.Kind() is SyntaxKind.SealedKeyword or SyntaxKind.StaticKeyword or SyntaxKind.AbstractKeyword)
        where !IsPartElsewhere(type)
        select $"{file.At(type)} {type.Identifier.Text}");

    [Fact]
    public void Nothing_static_can_be_changed_from_outside() => Rule.Holds(
        from type in OurTypes
        from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly)
        where !field.IsInitOnly && !field.IsLiteral
        select $"{type.FullName}.{field.Name}");

    [Fact]
    public void An_interface_has_more_than_one_implementation() => Rule.Holds(
        from type in OurTypes
        where type.IsInterface && !LonelyInterfaces.ContainsKey(type.Name)
        where Implementations(type) < 2
        select $"{type.FullName} has {Implementations(type)}");

    [Fact]
    public void Every_provider_is_in_the_catalog() => AssertListed<IProvider>("Carillon.Providers/ProviderCatalog.cs");

    [Fact]
    public void Every_step_handler_is_in_the_catalog() => AssertListed<IStepHandler>("Carillon.Engine/Steps/StepCatalog.cs");

    private static IEnumerable<Type> OurTypes => Product.SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.Namespace?.StartsWith("Carillon.", StringComparison.Ordinal) == true && !type.FullName!.Contains('<', StringComparison.Ordinal));

    private static int Implementations(Type contract) => OurTypes.Count(type =>
        !type.IsInterface && type.GetInterfaces().Any(other => other == contract || (other.IsGenericType && other.GetGenericTypeDefinition() == contract)));

    private static void AssertListed<T>(string path)
    {
        var catalog = SourceFile.All.Single(file => file.Path == path).Root.DescendantNodes();
        var listed = catalog.OfType<ObjectCreationExpressionSyntax>().Select(created => created.Type.ToString())
            .Concat(catalog.OfType<GenericNameSyntax>().SelectMany(name => name.TypeArgumentList.Arguments).Select(type => type.ToString()))
            .Where(name => OurTypes.Any(type => type.Name == name && type.IsClass && type.IsAssignableTo(typeof(T))))
            .ToList();

        Assert.Equal(OurTypes.Where(type => type.IsClass && type.IsAssignableTo(typeof(T))).Select(type => type.Name).Order(), listed.Order());
    }

    // Of a type in several files one says it for all.
    private static bool IsPartElsewhere(BaseTypeDeclarationSyntax type) =>
        type.Modifiers.Any(SyntaxKind.PartialKeyword)
        && (type.Identifier.Text == "Program" || OurTypes.Any(built => built.Name == type.Identifier.Text && (built.IsSealed || built.IsAbstract)));
}
