using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace Carillon.Server.InboundParse.Smtp;

/// <summary>What a mail server says: lines, and mails between them.</summary>
internal sealed class SmtpReader(Stream stream)
{
    private const int LongestLine = 2048;

    private readonly PipeReader _pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));

    /// <summary>The next line; null where there is none, or none of a reasonable length.</summary>
    public async ValueTask<string?> LineAsync(CancellationToken ct)
    {
        while (true)
        {
            var read = await _pipe.ReadAsync(ct);
            if (read.Buffer.PositionOf((byte)'\n') is { } end && read.Buffer.Slice(0, end) is { Length: <= LongestLine } line)
            {
                var text = Encoding.UTF8.GetString(line).TrimEnd('\r');
                _pipe.AdvanceTo(read.Buffer.GetPosition(1, end));
                return text;
            }

            _pipe.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted || read.Buffer.Length > LongestLine) return null;
        }
    }

    /// <summary>The mail up to its last dot; null where it breaks off.</summary>
    public async ValueTask<DataScanner?> DataAsync(int limit, CancellationToken ct)
    {
        var scanner = new DataScanner(limit);
        while (true)
        {
            var read = await _pipe.ReadAsync(ct);
            _pipe.AdvanceTo(read.Buffer.GetPosition(Scan(scanner, read.Buffer)));
            if (scanner.HasEnded) return scanner;
            if (read.IsCompleted) return null;
        }
    }

    /// <summary>Whether something was said already that nobody has asked for yet.</summary>
    public bool HasMore()
    {
        if (!_pipe.TryRead(out var read)) return false;

        _pipe.AdvanceTo(read.Buffer.Start);
        return read.Buffer.Length > 0;
    }

    private static long Scan(DataScanner scanner, ReadOnlySequence<byte> buffer)
    {
        var taken = 0L;
        foreach (var part in buffer)
        {
            taken += scanner.Take(part.Span);
            if (scanner.HasEnded) break;
        }

        return taken;
    }
}
