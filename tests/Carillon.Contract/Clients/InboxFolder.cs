using System.Text.Json;
using Carillon.Tests.Support;

namespace Carillon.Contract.Clients;

/// <summary>The official inbox libraries and components, and scripts that use them as pages do.</summary>
internal static class InboxFolder
{
    public static readonly string Path = Repository.Folder("tests", "Carillon.Contract", "Clients", "inbox");

    /// <summary>Runs one of the scripts and reads what it prints.</summary>
    public static async Task<JsonElement> RunAsync(string script, params IEnumerable<string> arguments) =>
        JsonElement.Parse(await NodeScript.RunAsync(Path, script, input: "", arguments));
}
