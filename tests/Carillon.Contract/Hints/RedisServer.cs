using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Carillon.Contract.Hints;

/// <summary>A Redis of its own on loopback, which can be killed and started again at the same address.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("carillon-redis-");
    private readonly int _port = FreePort();
    private Process? _process;

    public string Configuration => $"127.0.0.1:{_port}";

    public async Task StartAsync()
    {
        _process = Process.Start(new ProcessStartInfo(
            "redis-server",
            ["--bind", "127.0.0.1", "--port", _port.ToString(CultureInfo.InvariantCulture), "--save", "", "--appendonly", "no", "--dir", _folder.FullName])
        {
            RedirectStandardOutput = true,
        })!;
        while (await _process.StandardOutput.ReadLineAsync() is { } line && !line.Contains("Ready to accept connections", StringComparison.Ordinal))
        {
        }

        _ = _process.StandardOutput.ReadToEndAsync();
    }

    public async Task KillAsync()
    {
        if (_process is null) return;

        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
