using System.Reflection;
using System.Xml.Linq;
using Carillon.Data;
using Carillon.Engine;
using Carillon.Providers;
using Carillon.Tests.Support;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Carillon.Tests.Architecture;

/// <summary>Dependencies point one way: between projects, between slices, between providers.</summary>
public sealed class DirectionTests
{
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Carillon.Data"] = [],
        ["Carillon.Providers"] = [],
        ["Carillon.Engine"] = ["Carillon.Data", "Carillon.Providers"],
        ["Carillon.Server"] = ["Carillon.Data", "Carillon.Engine", "Carillon.Providers"],
    };

    // The folders of the server that are no slices.
    private static readonly string[] Rooms = ["Configuration", "Http", "InApp", "Mail", "Start"];

    // Those of them that a slice may enter.
    private static readonly string[] OpenRooms = ["Configuration", "Http", "InApp", "Mail"];

    // What one slice may use of another, and why it is not in a room instead.
    private static readonly Dictionary<string, string> Doors = new()
    {
        ["Blueprints uses Workflows"] = "a blueprint is a workflow of another organization",
        ["Events uses Subscribers"] = "a trigger call carries whole subscribers, in the words of their own routes",
        ["Inbox uses Subscribers"] = "a session creates its subscriber as their own routes do",
        ["Invites uses Auth"] = "the page of an invitation signs people in, or up",
        ["Notifications uses Workflows"] = "a notification shows the steps it takes as their workflow shows them",
        ["Widgets uses Subscribers"] = "a session creates its subscriber as their own routes do",
    };

    [Fact]
    public void Every_project_is_known_here() =>
        Assert.Equal(MayUse.Keys.Order(), SourceFile.All.Select(file => file.Project).Distinct().Order());

    [Fact]
    public void Projects_reference_only_what_they_may() => Assert.All(MayUse, project =>
    {
        var file = XDocument.Load(Repository.Folder("src", project.Key, $"{project.Key}.csproj"));
        var references = file.Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));

        Assert.Empty(references.Except(project.Value));
    });

    [Fact]
    public void Assemblies_use_only_what_they_may() => Assert.All(
        new Assembly[] { typeof(CarillonDb).Assembly, typeof(ProviderCatalog).Assembly, typeof(CarillonEngine).Assembly },
        assembly => Assert.Empty(
            assembly.GetReferencedAssemblies().Select(reference => reference.Name!)
                .Where(name => name == "carillon" || name.StartsWith("Carillon.", StringComparison.Ordinal))
                .Except(MayUse[assembly.GetName().Name!])));

    [Fact]
    public void The_engine_knows_nothing_of_the_web() => Rule.Holds(
        from file in SourceFile.All
        where file.Project != "Carillon.Server" && file.Mentions.Any(name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal))
        select file.Path);

    [Fact]
    public void Slices_do_not_reach_into_one_another() => Rule.Holds(
        from file in Server.Where(file => file.Folders.Length > 0)
        let own = file.Folders[0]
        where !Rooms.Contains(own)
        from other in Used(file)
        where other != own && !OpenRooms.Contains(other) && !Doors.ContainsKey($"{own} uses {other}")
        select $"{file.Path} uses {other}");

    [Fact]
    public void Open_rooms_know_no_slice() => Rule.Holds(
        from file in Server.Where(file => file.Folders is [var room, ..] && OpenRooms.Contains(room))
        from other in Used(file)
        where !OpenRooms.Contains(other) || (file.Folders[0] == "Http" && other == "InApp")
        select $"{file.Path} uses {other}");

    [Fact]
    public void Providers_do_not_use_one_another() => Rule.Holds(
        from file in SourceFile.All
        where file.Project == "Carillon.Providers" && file.Folders.Length == 2
        let own = $"Carillon.Providers.{file.Folders[0]}.{file.Folders[1]}"
        from name in file.Mentions
        where Brands.Contains(name) && name != own
        select $"{file.Path} uses {name}");

    [Fact]
    public void Providers_of_one_channel_do_not_use_one_another() => Rule.Holds(
        from file in SourceFile.All
        where file.Project == "Carillon.Providers" && file.Folders.Length == 1
        let own = Path.GetFileNameWithoutExtension(file.Path)
        where ProviderNames.Contains(own)
        from name in file.Root.DescendantNodes().OfType<IdentifierNameSyntax>()
        where ProviderNames.Contains(name.Identifier.Text) && name.Identifier.Text != own
        select $"{file.At(name)} uses {name.Identifier.Text}");

    private static readonly HashSet<string> ProviderNames =
        [.. typeof(IProvider).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IProvider))).Select(type => type.Name)];

    private static IEnumerable<SourceFile> Server => SourceFile.All.Where(file => file.Project == "Carillon.Server");

    private static readonly HashSet<string> Folders = [.. Server.Where(file => file.Folders.Length > 0).Select(file => file.Folders[0])];

    private static readonly HashSet<string> Brands =
    [
        .. SourceFile.All.Where(file => file.Project == "Carillon.Providers" && file.Folders.Length == 2)
            .Select(file => $"Carillon.Providers.{file.Folders[0]}.{file.Folders[1]}"),
    ];

    // A neighbour can be named from within the server's namespace without saying where it begins.
    private static IEnumerable<string> Used(SourceFile file) => file.Mentions
        .Select(name => name.StartsWith("Carillon.Server.", StringComparison.Ordinal) ? name.Split('.')[2] : name.Split('.')[0])
        .Where(Folders.Contains)
        .Distinct();
}
