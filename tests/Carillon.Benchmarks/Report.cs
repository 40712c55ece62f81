using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Carillon.Driving;

namespace Carillon.Benchmarks;

/// <summary>
/// The figures as people read them, in <c>docs/performance.md</c>: a section for each subject, which says itself when and on what it was
/// measured. What stands there under other headings is written by hand and stays.
/// </summary>
internal static class Report
{
    private const string Path = "docs/performance.md";
    private const string Notes = "## Notes";

    /// <summary>Puts the subject's section in the place of its older one, or before the notes, and returns it.</summary>
    public static async Task<string> WriteAsync(Subject subject, IReadOnlyList<Measure> measures)
    {
        var section = await SectionAsync(subject, measures);
        var report = await File.ReadAllTextAsync(Path);
        var start = report.IndexOf($"## {subject.Title}\n", StringComparison.Ordinal);
        if (start < 0) start = report.IndexOf(Notes, StringComparison.Ordinal);
        var end = report[start..].StartsWith(Notes, StringComparison.Ordinal) ? start : report.IndexOf("\n## ", start, StringComparison.Ordinal) + 1;
        await File.WriteAllTextAsync(Path, report[..start] + section + report[end..]);
        return section;
    }

    private static async Task<string> SectionAsync(Subject subject, IReadOnlyList<Measure> measures)
    {
        var text = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"## {subject.Title}")
            .AppendLine(CultureInfo.InvariantCulture, $"`./bench {subject.Name}`: {await MachineAsync(subject.Store)}").AppendLine()
            .AppendLine("| | measured | asked |").AppendLine("|---|---:|---|");
        foreach (var measure in measures)
        {
            var missed = measure.Met == false ? " (missed)" : "";
            text.AppendLine(CultureInfo.InvariantCulture, $"| {measure.Name} | {measure.Value} | {measure.Asked}{missed} |");
        }
        return text.AppendLine().ToString();
    }

    private static async Task<string> MachineAsync(StoreKind store)
    {
        var processor = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[^1];
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1024.0 / 1024 / 1024;
        var settings = await SettingsAsync(store);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{DateTime.UtcNow:yyyy-MM-dd}, {Commit()}, {Environment.ProcessorCount} processors ({processor}), {memory:0} GB, {RuntimeInformation.OSDescription}, .NET {Environment.Version}, {settings}.");
    }

    private static async Task<string> SettingsAsync(StoreKind kind)
    {
        await using var store = new ThrowAwayStore(kind);
        if (kind == StoreKind.Sqlite) return $"SQLite {(await store.ListAsync<string>("SELECT sqlite_version()"))[0]}, WAL, synchronous=FULL";

        var settings = await store.ListOnServerAsync(
            "SELECT name || '=' || current_setting(name) FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'shared_buffers', 'max_wal_size') ORDER BY name");
        return $"PostgreSQL {(await store.ListOnServerAsync("SHOW server_version"))[0].Split(' ')[0]}, {string.Join(", ", settings)}";
    }

    private static string Commit()
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["rev-parse", "--short", "HEAD"]) { RedirectStandardOutput = true })!;
        return $"commit {git.StandardOutput.ReadToEnd().Trim()}";
    }
}
