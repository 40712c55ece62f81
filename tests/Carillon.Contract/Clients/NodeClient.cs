using System.Diagnostics;
using System.Text.Json;
using Carillon.Tests.Support;

namespace Carillon.Contract.Clients;

/// <summary>The official clients for Node.js, as an application installs them.</summary>
internal static class NodeClient
{
    private static readonly string Folder = Repository.Folder("tests", "Carillon.Contract", "Clients", "node");

    // Once for all tests, which run side by side.
    private static readonly Lazy<Task> Installed = new(InstallAsync);

    /// <summary>Runs one of the scripts in the folder and reads what it prints.</summary>
    public static async Task<JsonElement> RunAsync(string script, params IEnumerable<string> arguments)
    {
        await Installed.Value;
        return JsonElement.Parse(await StartAsync("node", [script, .. arguments]));
    }

    private static Task InstallAsync()
    {
        var (wanted, there) = (Path.Combine(Folder, "package-lock.json"), Path.Combine(Folder, "node_modules", ".package-lock.json"));
        return File.Exists(there) && File.GetLastWriteTimeUtc(there) >= File.GetLastWriteTimeUtc(wanted)
            ? Task.CompletedTask
            : StartAsync("npm", ["ci", "--no-audit", "--no-fund"]);
    }

    private static async Task<string> StartAsync(string program, IEnumerable<string> arguments)
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
