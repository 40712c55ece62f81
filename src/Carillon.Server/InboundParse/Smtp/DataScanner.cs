using System.Buffers;

namespace Carillon.Server.InboundParse.Smtp;

/// <summary>
/// Finds the end of a mail: a line of one dot, where lines end with CRLF and with nothing else. What others take for the end of a line
/// is content here, so that no mail can hide in another. Takes away the dots that were added for the way.
/// </summary>
internal sealed class DataScanner(int limit)
{
    private readonly ArrayBufferWriter<byte> _content = new();
    private Place _place = Place.LineStart;

    private enum Place { LineStart, Inside, BehindCr, BehindDot, BehindDotCr }

    public bool HasEnded { get; private set; }

    /// <summary>Whether it was larger than is taken. It is read to its end all the same, because only then does its sender listen.</summary>
    public bool IsTooLarge { get; private set; }

    public ReadOnlySpan<byte> Content => _content.WrittenSpan;

    /// <summary>Returns how many of the bytes belong to the mail; behind its end begins something else.</summary>
    public int Take(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            Take(bytes[i]);
            if (HasEnded) return i + 1;
        }

        return bytes.Length;
    }

    private void Take(byte next)
    {
        switch (_place)
        {
            case Place.LineStart when next == '.':
                _place = Place.BehindDot;
                return;
            case Place.BehindDot when next == '\r':
                _place = Place.BehindDotCr;
                return;
            case Place.BehindDotCr when next == '\n':
                HasEnded = true;
                return;
            case Place.BehindDotCr:
                Keep((byte)'\r');
                _place = Place.BehindCr;
                break;
        }

        Keep(next);
        _place = next == '\r' ? Place.BehindCr
            : next == '\n' && _place == Place.BehindCr ? Place.LineStart
            : Place.Inside;
    }

    private void Keep(byte next)
    {
        IsTooLarge |= _content.WrittenCount >= limit;
        if (IsTooLarge) return;

        _content.GetSpan(1)[0] = next;
        _content.Advance(1);
    }
}
