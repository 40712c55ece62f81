using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Carillon.Driving;

namespace Carillon.Benchmarks;

/// <summary>
/// A mail server on loopback that takes its time for each mail, and keeps nothing but who got which. Like the usual ones it takes commands
/// together (RFC 2920) and content in a chunk (RFC 3030).
/// </summary>
internal sealed class SlowSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<string, int> _mails = [];
    private readonly ConcurrentQueue<long> _arrivals = [];
    private readonly TimeSpan _takes;
    private int _connections;
    private int _count;
    private long _spent;

    public SlowSink(TimeSpan takes)
    {
        _takes = takes;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Connections => _connections;

    /// <summary>How long it took for a mail on average, from its end to the answer: timers are late where processors are busy.</summary>
    public TimeSpan Took => new(Volatile.Read(ref _spent) / Math.Max(1, _count));

    /// <summary>When each mail had come whole, by <c>Stopwatch</c>'s clock, in their order.</summary>
    public IReadOnlyList<long> Arrivals => [.. _arrivals];

    /// <summary>Mails that came, and different ones among them.</summary>
    public (int All, int Different) Mails => (Volatile.Read(ref _count), _mails.Count);

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Stop();
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_closing.Token);
                Interlocked.Increment(ref _connections);
                _ = Task.Run(() => ServeAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // It is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            client.NoDelay = true;
            await using var writer = new StreamWriter(client.GetStream()) { NewLine = "\r\n" };
            var reader = new SmtpReader(client.GetStream());
            try
            {
                await writer.WriteLineAsync("220 sink");

                // Answers leave when there is nothing more to read: those to commands that came together go together.
                while (await reader.LineAsync(_closing.Token, beforeWaiting: writer.FlushAsync) is { } line)
                {
                    await writer.WriteLineAsync(await AnswerAsync(line, reader));
                    if (line.StartsWith("QUIT", StringComparison.Ordinal)) return;
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // The other side has gone.
            }
        }
    }

    private async Task<string> AnswerAsync(string line, SmtpReader reader)
    {
        if (line.StartsWith("EHLO", StringComparison.Ordinal)) return "250-sink\r\n250-PIPELINING\r\n250 CHUNKING";
        if (line.StartsWith("QUIT", StringComparison.Ordinal)) return "221 bye";
        if (!line.StartsWith("BDAT", StringComparison.Ordinal)) return "250 ok";

        Keep(await reader.ChunkAsync(int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture), _closing.Token));
        var came = Stopwatch.GetTimestamp();
        _arrivals.Enqueue(came);
        await Task.Delay(_takes, _closing.Token);
        Interlocked.Add(ref _spent, Stopwatch.GetElapsedTime(came).Ticks);
        Interlocked.Increment(ref _count);
        return "250 kept";
    }

    private void Keep(string mail)
    {
        const string name = "\r\nMessage-Id: ";
        var start = mail.IndexOf(name, StringComparison.OrdinalIgnoreCase) + name.Length;
        _mails.AddOrUpdate(mail[start..mail.IndexOf('\r', start)], 1, (_, count) => count + 1);
    }
}
