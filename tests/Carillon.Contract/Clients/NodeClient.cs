using System.Text.Json;
using Carillon.Tests.Support;

namespace Carillon.Contract.Clients;

/// <summary>The official clients for Node.js, as applications install them.</summary>
internal static class NodeClient
{
    private static readonly string Folder = Repository.Folder("tests", "Carillon.Contract", "Clients", "node");

    /// <summary>Runs one of the scripts in the folder and reads what it prints.</summary>
    public static async Task<JsonElement> RunAsync(string script, params IEnumerable<string> arguments) =>
        JsonElement.Parse(await NodeScript.RunAsync(Folder, script, input: "", arguments));
}
