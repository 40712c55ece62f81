using System.Collections.Concurrent;
using System.Diagnostics;

namespace Carillon.Contract.Clients;

/// <summary>Scripts for Node.js in folders with packages of their own.</summary>
internal static class NodeScript
{
    // Once for all tests, which run side by side.
    private static readonly ConcurrentDictionary<string, Lazy<Task>> Installed = new();

    /// <summary>Runs a script and returns what it prints.</summary>
    public static async Task<string> RunAsync(string folder, string script, string input, params IEnumerable<string> arguments)
    {
        await Installed.GetOrAdd(folder, _ => new(() => InstallAsync(folder))).Value;
        return await StartAsync(folder, "node", [script, .. arguments], input);
    }

    private static Task InstallAsync(string folder)
    {
        var (wanted, there) = (Path.Combine(folder, "package-lock.json"), Path.Combine(folder, "node_modules", ".package-lock.json"));
        return File.Exists(there) && File.GetLastWriteTimeUtc(there) >= File.GetLastWriteTimeUtc(wanted)
            ? Task.CompletedTask
            : StartAsync(folder, "npm", ["ci", "--no-audit", "--no-fund"], input: "");
    }

    private static async Task<string> StartAsync(string folder, string program, IEnumerable<string> arguments, string input)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
            Environment = { ["TZ"] = "UTC" },
        })!;
        var complaints = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{program} failed: {await output}{await complaints}");
    }
}
