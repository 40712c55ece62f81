using System.Diagnostics;
using System.Text.Json;
using Carillon.Tests.Support;

namespace Carillon.Contract.Clients;

/// <summary>The official client for Node.js, as an application installs it.</summary>
internal static class NodeClient
{
    private static readonly string Folder = Repository.Folder("tests", "Carillon.Contract", "Clients", "node");

    public static async Task<JsonElement> NotifyAsync(Uri server, string apiKey, string workflow)
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules"))) await RunAsync("npm", "ci", "--no-audit", "--no-fund");

        return JsonDocument.Parse(await RunAsync("node", "notify.mjs", server.ToString().TrimEnd('/'), apiKey, workflow)).RootElement;
    }

    private static async Task<string> RunAsync(string program, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder,
        })!;
        var complaints = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} failed: {output}{await complaints}");
    }
}
