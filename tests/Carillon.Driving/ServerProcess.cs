using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Carillon.Driving;

/// <summary>
/// The real server, as a process of its own that can be killed and started again at the same address. It is found beside the
/// program that drives it, so it is built as that was.
/// </summary>
public sealed partial class ServerProcess(string connectionString, IReadOnlyDictionary<string, string> settings) : IAsyncDisposable
{
    private const int Terminate = 15;
    private const int Continue = 18;
    private const int Stop = 19;
    private const int KeptOutput = 100_000;

    private readonly StringBuilder _output = new();
    private Process? _process;

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort()}");

    /// <summary>Where its program is.</summary>
    public string Folder { get; init; } = AppContext.BaseDirectory;

    /// <summary>What it wrote to its console lately, over all its lives.</summary>
    public string Output
    {
        get { lock (_output) return _output.ToString(); }
    }

    public TimeSpan Processor => Running.TotalProcessorTime;

    /// <summary>Megabytes in memory now, pages of files that it has mapped included.</summary>
    public double Memory => Kilobytes("VmRSS") / 1024.0;

    /// <summary>Megabytes in memory now that are no copy of any file: what the machine cannot drop.</summary>
    public double OwnMemory => (Kilobytes("RssAnon") + Kilobytes("RssShmem")) / 1024.0;

    public bool IsRunning => _process is { HasExited: false };

    private Process Running => _process ?? throw new InvalidOperationException("The server is not running.");

    /// <summary>Starts it and returns how long it took until it said that it listens.</summary>
    public async Task<TimeSpan> StartAsync()
    {
        var watch = Stopwatch.StartNew();
        await Launch().WaitAsync(TimeSpan.FromMinutes(2));
        return watch.Elapsed;
    }

    /// <summary>Starts it and returns at once; the task ends when it listens.</summary>
    public Task Launch()
    {
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process { StartInfo = StartInfo(), EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) =>
        {
            Keep(line.Data);
            if (line.Data?.StartsWith("Carillon listens", StringComparison.Ordinal) == true) listening.TrySetResult();
        };
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException($"The server ended before it listened.\n{Output}"));

        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
        return listening.Task;
    }

    /// <summary>Leaves it one of the machine's processors.</summary>
    public async Task PinAsync(int processor)
    {
        using var pinning = Process.Start(new ProcessStartInfo(
            "taskset", ["-a", "-c", "-p", processor.ToString(CultureInfo.InvariantCulture), Running.Id.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true })!;
        await pinning.WaitForExitAsync();
        if (pinning.ExitCode != 0) throw new InvalidOperationException("The server could not be pinned to a processor.");
    }

    /// <summary>As a power cut does it: nothing is finished, nothing is said.</summary>
    public async Task KillAsync()
    {
        Running.Kill();
        await ForgetAsync();
    }

    /// <summary>As an operator does it; returns how long it took to finish.</summary>
    public async Task<TimeSpan> StopAsync()
    {
        var watch = Stopwatch.StartNew();
        _ = SendSignal(Running.Id, Terminate);
        await ForgetAsync();
        return watch.Elapsed;
    }

    /// <summary>As a machine does it that freezes: nothing happens until it is resumed, and it does not know.</summary>
    public void Pause() => _ = SendSignal(Running.Id, Stop);

    public void Resume() => _ = SendSignal(Running.Id, Continue);

    public async ValueTask DisposeAsync()
    {
        if (IsRunning) await KillAsync();
    }

    private async Task ForgetAsync()
    {
        await Running.WaitForExitAsync();
        Running.Dispose();
        _process = null;
    }

    private ProcessStartInfo StartInfo()
    {
        // As the unit of systemd starts it: a database on the same machine goes first.
        var start = new ProcessStartInfo("nice", ["-n", "5", "dotnet", Path.Combine(Folder, "carillon.dll"), "--urls", Address.ToString()])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["ConnectionStrings__Carillon"] = connectionString;
        start.Environment["Carillon__Secret"] = "a secret for tests that is long enough";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        foreach (var (name, value) in settings) start.Environment[name] = value;
        return start;
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
            if (_output.Length > KeptOutput) _output.Remove(0, KeptOutput / 2);
        }
    }

    private long Kilobytes(string field)
    {
        var line = File.ReadLines($"/proc/{Running.Id}/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    // Below those that outgoing connections are given, one of which would take it before the server does.
    private static int FreePort()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, RandomNumberGenerator.GetInt32(15_000, 32_000));
            try
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // Taken; there are others.
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int process, int signal);
}
