using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace Carillon.Driving;

/// <summary>What a mail client says to a sink: lines, and content whose length it has told before.</summary>
public sealed class SmtpReader(Stream stream)
{
    private readonly PipeReader _pipe = PipeReader.Create(stream);

    /// <summary>The next line, or null when the client has said all. <paramref name="beforeWaiting"/> is called when it has not been said yet.</summary>
    public async Task<string?> LineAsync(CancellationToken ct, Func<Task>? beforeWaiting = null)
    {
        while (true)
        {
            if (!_pipe.TryRead(out var read))
            {
                if (beforeWaiting is not null) await beforeWaiting();
                read = await _pipe.ReadAsync(ct);
            }

            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = Encoding.Latin1.GetString(read.Buffer.Slice(0, end)).TrimEnd('\r');
                _pipe.AdvanceTo(read.Buffer.GetPosition(1, end));
                return line;
            }

            _pipe.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted) return null;
        }
    }

    /// <exception cref="IOException">The client went away before it had said so much.</exception>
    public async Task<string> ChunkAsync(int length, CancellationToken ct)
    {
        var read = await _pipe.ReadAtLeastAsync(length, ct);
        if (read.Buffer.Length < length) throw new IOException("The client went away within a mail.");

        var chunk = read.Buffer.Slice(0, length);
        var text = Encoding.Latin1.GetString(chunk);
        _pipe.AdvanceTo(chunk.End);
        return text;
    }
}
