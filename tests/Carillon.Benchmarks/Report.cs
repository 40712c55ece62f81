using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Carillon.Driving;

namespace Carillon.Benchmarks;

/// <summary>
/// The figures as people read them. What stands in <c>docs/performance.md</c> from its notes on is written by hand and stays.
/// </summary>
internal static class Report
{
    private const string Notes = "## Notes";
    private const string Path = "docs/performance.md";

    public sealed record Section(StoreKind Store, IReadOnlyList<Measure> Measures);

    /// <summary>Returns the text; it goes into the file only if both stores were measured, as half a table would mislead.</summary>
    public static async Task<string> WriteAsync(IReadOnlyList<Section> sections)
    {
        var text = new StringBuilder()
            .AppendLine("# Performance").AppendLine()
            .AppendLine("Written by `./bench`: a server built for release, as a process of its own with default settings but for the rate limits, which are off; driven over")
            .AppendLine("loopback from the same machine, so driver, server and database share its processors. Every figure counts only because what was sent was")
            .AppendLine("compared with what was asked for, in the database. Fan-out is the median of three.").AppendLine()
            .AppendLine(await MachineAsync(sections)).AppendLine();
        foreach (var section in sections) Append(text, section);

        var kept = File.Exists(Path) ? await File.ReadAllTextAsync(Path) : "";
        var notes = kept.IndexOf(Notes, StringComparison.Ordinal);
        var report = text.ToString() + (notes < 0 ? "" : kept[notes..]);
        if (sections.Count == Enum.GetValues<StoreKind>().Length) await File.WriteAllTextAsync(Path, report);
        return report;
    }

    private static void Append(StringBuilder text, Section section)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"## {Name(section.Store)}").AppendLine().AppendLine("| | measured | asked |").AppendLine("|---|---:|---|");
        foreach (var measure in section.Measures)
        {
            var missed = measure.Met == false ? " (missed)" : "";
            text.AppendLine(CultureInfo.InvariantCulture, $"| {measure.Name} | {measure.Value} | {measure.Asked}{missed} |");
        }
        text.AppendLine();
    }

    private static string Name(StoreKind store) => store == StoreKind.Sqlite ? "SQLite" : "PostgreSQL";

    private static async Task<string> MachineAsync(IReadOnlyList<Section> sections)
    {
        var processor = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[^1];
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1024.0 / 1024 / 1024;
        var machine = string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} processors ({processor}), {memory:0} GB, {RuntimeInformation.OSDescription}, .NET {Environment.Version}, {DateTime.UtcNow:yyyy-MM-dd}, {Commit()}.");
        foreach (var section in sections) machine += $" {Name(section.Store)}: {await SettingsAsync(section.Store)}.";
        return machine;
    }

    private static async Task<string> SettingsAsync(StoreKind kind)
    {
        if (kind == StoreKind.Sqlite)
        {
            await using var sqlite = new ThrowAwayStore(kind);
            return $"{(await sqlite.ListAsync<string>("SELECT sqlite_version()"))[0]}, WAL, synchronous=FULL";
        }

        await using var postgres = new ThrowAwayStore(kind);
        var settings = await postgres.ListOnServerAsync(
            "SELECT name || '=' || current_setting(name) FROM pg_settings WHERE name IN ('server_version', 'fsync', 'synchronous_commit', 'shared_buffers', 'max_wal_size') ORDER BY name");
        return string.Join(", ", settings);
    }

    private static string Commit()
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["rev-parse", "--short", "HEAD"]) { RedirectStandardOutput = true })!;
        return $"commit {git.StandardOutput.ReadToEnd().Trim()}";
    }
}
