using System.Text.Json;
using Carillon.Tests.Support;

namespace Carillon.Contract.Clients;

/// <summary>The official client for Node.js, as an application installs it.</summary>
internal static class NodeClient
{
    private static readonly string Folder = Repository.Folder("tests", "Carillon.Contract", "Clients", "node");

    public static async Task<JsonElement> NotifyAsync(Uri server, string apiKey, string workflow)
    {
        var output = await NodeScript.RunAsync(Folder, "notify.mjs", input: "", server.ToString().TrimEnd('/'), apiKey, workflow);
        return JsonDocument.Parse(output).RootElement;
    }
}
