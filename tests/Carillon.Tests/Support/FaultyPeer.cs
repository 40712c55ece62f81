using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Carillon.Tests.Support;

/// <summary>What can be wrong with a provider.</summary>
public enum Fault
{
    /// <summary>Nothing: it takes the message.</summary>
    None,

    /// <summary>It takes the call and says nothing.</summary>
    Hang,

    /// <summary>It answers a byte at a time.</summary>
    Trickle,

    /// <summary>It drops the connection.</summary>
    Reset,

    /// <summary>It wants a rest.</summary>
    TooMany,

    /// <summary>It is down.</summary>
    Down,

    /// <summary>It does not like the message.</summary>
    Refusal,

    /// <summary>It takes the message and says so in no language.</summary>
    Malformed,

    /// <summary>It takes the message and says so at length.</summary>
    Huge,
}

/// <summary>A provider for text messages on loopback that can be made to fail.</summary>
internal sealed class FaultyPeer : IAsyncDisposable
{
    private static readonly byte[] Megabyte = [.. Enumerable.Repeat((byte)' ', 1024 * 1024)];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<string> _asked = [];
    private readonly ConcurrentQueue<string> _taken = [];
    private HttpPeer _peer = null!;
    private int _open;
    private TaskCompletionSource _changed = New();

    public Fault Fault { get; set; }

    public Uri Url => _peer.Url;

    /// <summary>The ids of the messages of all calls, in their order.</summary>
    public IReadOnlyCollection<string> Asked => _asked;

    /// <summary>Those that it said it took.</summary>
    public IReadOnlyCollection<string> Taken => _taken;

    /// <summary>Calls that wait for an answer.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Called with the number that each message is for, and the moment at which it came.</summary>
    public Action<string, long> Saying { get; set; } = (_, _) => { };

    public static async Task<FaultyPeer> StartAsync(Fault fault = Fault.None)
    {
        var peer = new FaultyPeer { Fault = fault };
        peer._peer = await HttpPeer.StartAsync(peer.AnswerAsync);
        return peer;
    }

    /// <summary>Looks again at each call, and at the end of each.</summary>
    public async Task UntilAsync(Func<bool> holds)
    {
        while (true)
        {
            var changed = Volatile.Read(ref _changed);
            if (holds()) return;
            await changed.Task.WaitAsync(Patience);
        }
    }

    public ValueTask DisposeAsync() => _peer.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        context.Request.Body.Position = 0;
        var body = await JsonDocument.ParseAsync(context.Request.Body);
        var id = body.RootElement.GetProperty("id").GetString()!;
        Saying(body.RootElement.GetProperty("to").GetString()!, Stopwatch.GetTimestamp());
        _asked.Enqueue(id);
        Interlocked.Increment(ref _open);
        Tell();
        try
        {
            await AnswerAsync(context, id);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The caller has had enough.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
            Tell();
        }
    }

    private async Task AnswerAsync(HttpContext context, string id)
    {
        var (response, aborted) = (context.Response, context.RequestAborted);
        switch (Fault)
        {
            case Fault.Hang:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, aborted);
                break;
            case Fault.Trickle:
                while (true)
                {
                    await response.WriteAsync(" ", aborted);
                    await response.Body.FlushAsync(aborted);
                    await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, aborted);
                }

            case Fault.Reset:
                context.Abort();
                break;
            case Fault.TooMany:
                response.StatusCode = 429;
                response.Headers.RetryAfter = "20";
                break;
            case Fault.Down:
                response.StatusCode = 503;
                break;
            case Fault.Refusal:
                response.StatusCode = 400;
                break;
            default:
                _taken.Enqueue(id);
                await SayAsync(response, id, aborted);
                break;
        }
    }

    private async Task SayAsync(HttpResponse response, string id, CancellationToken aborted)
    {
        await response.WriteAsync(Fault == Fault.Malformed ? """{"id":""" : $$"""{"id":"of-{{id}}" """, aborted);
        if (Fault == Fault.Malformed) return;

        for (var i = 0; Fault == Fault.Huge && i < 100; i++) await response.Body.WriteAsync(Megabyte, aborted);
        await response.WriteAsync("}", aborted);
    }

    private void Tell() => Interlocked.Exchange(ref _changed, New()).SetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
