using System.Buffers;

namespace Carillon.Engine.Templating.Rendering;

/// <summary>The text being made, up to a limit; beyond it nothing is added and <see cref="IsFull"/> says so.</summary>
internal sealed class Output(int limit) : IDisposable
{
    // The apostrophe is not among them: messages go out as plain text on most channels, where &#x27; would be read as such.
    private static readonly SearchValues<char> Special = SearchValues.Create("&<>\"`=");

    private char[] _buffer = ArrayPool<char>.Shared.Rent(256);

    public int Length { get; private set; }

    public bool IsFull { get; private set; }

    public void Append(ReadOnlySpan<char> text)
    {
        if (text.Length > limit - Length)
        {
            IsFull = true;
            return;
        }
        if (text.Length > _buffer.Length - Length)
            Grow(text.Length);
        text.CopyTo(_buffer.AsSpan(Length));
        Length += text.Length;
    }

    public void AppendEscaped(ReadOnlySpan<char> text)
    {
        while (!IsFull && text.IndexOfAny(Special) is var at && at >= 0)
        {
            Append(text[..at]);
            Append(Escape(text[at]));
            text = text[(at + 1)..];
        }
        Append(text);
    }

    public string TakeFrom(int start)
    {
        var text = new string(_buffer, start, Length - start);
        Length = start;
        return text;
    }

    public void Dispose() => ArrayPool<char>.Shared.Return(_buffer);

    private static string Escape(char special) => special switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '`' => "&#x60;",
        _ => "&#x3D;",
    };

    private void Grow(int needed)
    {
        var larger = ArrayPool<char>.Shared.Rent(Math.Max(_buffer.Length * 2, Length + needed));
        _buffer.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<char>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
