using System.Diagnostics;

namespace Carillon.Contract.Clients;

/// <summary>Scripts for Node.js with packages of their own, which are installed when they are first run.</summary>
internal static class NodeScript
{
    public static async Task<string> RunAsync(string folder, string script, string input, params IEnumerable<string> arguments)
    {
        if (!Directory.Exists(Path.Combine(folder, "node_modules"))) await RunAsync(folder, "npm", ["ci", "--no-audit", "--no-fund"], input: "");

        return await RunAsync(folder, "node", [script, .. arguments], input);
    }

    private static async Task<string> RunAsync(string folder, string program, IEnumerable<string> arguments, string input)
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
