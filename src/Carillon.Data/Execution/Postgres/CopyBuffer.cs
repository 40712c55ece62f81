using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Carillon.Data.Execution.Postgres;

/// <summary>
/// Rows in the binary format of COPY (https://www.postgresql.org/docs/15/sql-copy.html), as many as are sent at a time. A writer that awaits
/// each value costs several times as much as the values.
/// </summary>
internal sealed class CopyBuffer : IDisposable
{
    private const int AtATime = 64 * 1024;
    private const int Null = -1;
    private const short End = -1;

    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xFF, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(2 * AtATime);
    private int _length;

    /// <summary>Whether it is time to send what is in it.</summary>
    public bool IsFull => _length >= AtATime;

    /// <summary>Comes before the first row: the signature, no flags, and nothing that extends the header.</summary>
    public void Begin() => Header.CopyTo(Take(Header.Length));

    /// <summary>Comes behind the last row.</summary>
    public void Complete() => Number(End);

    public void Row(int columns) => Number((short)columns);

    public void Nothing() => Length(Null);

    public void Text(string? text)
    {
        if (text is null)
        {
            Nothing();
            return;
        }

        var size = Utf8.GetByteCount(text);
        Length(size);
        Utf8.GetBytes(text, Take(size));
    }

    public void Small(short number)
    {
        Length(sizeof(short));
        Number(number);
    }

    public void Big(long? number)
    {
        Length(number is null ? Null : sizeof(long));
        if (number is { } value) BinaryPrimitives.WriteInt64BigEndian(Take(sizeof(long)), value);
    }

    public void Truth(bool isTrue)
    {
        Length(1);
        Take(1)[0] = isTrue ? (byte)1 : (byte)0;
    }

    public void Bytes(byte[] content)
    {
        Length(content.Length);
        content.CopyTo(Take(content.Length));
    }

    public async Task SendAsync(Stream copy, CancellationToken ct)
    {
        await copy.WriteAsync(_bytes.AsMemory(0, _length), ct);
        _length = 0;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_bytes);

    private void Length(int size) => BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), size);

    private void Number(short number) => BinaryPrimitives.WriteInt16BigEndian(Take(sizeof(short)), number);

    private Span<byte> Take(int size)
    {
        if (_bytes.Length - _length < size) Grow(size);
        var place = _bytes.AsSpan(_length, size);
        _length += size;
        return place;
    }

    private void Grow(int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * _bytes.Length, _length + size));
        _bytes.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
