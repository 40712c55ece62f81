using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Carillon.Data;

/// <summary>
/// Makes 24-hex ids in the shape clients know: 4 bytes seconds, 2 bytes fraction of the second, 1 byte bucket, 2 bytes of this process,
/// 3 bytes counter. Because they begin with time they sort by age, and because one byte carries the bucket a look-up by id knows its shard.
/// </summary>
/// <param name="random">Where a process gets its own two bytes and the beginning of its counter; a test that must come out the same again names one.</param>
public sealed class Ids(TimeProvider clock, Random? random = null)
{
    public const int Length = 24;
    private const uint CounterRange = 1 << 24;
    private const long FractionsPerSecond = 1 << 16;
    private const long UuidVersion7 = 0x7000;
    private const byte UuidVariant = 0x80;

    // Odd, so that every bucket has its turn.
    private const int BucketStep = 167;

    private readonly ushort _process = (ushort)(random ?? Random.Shared).Next(1 << 16);
    private uint _counter = (uint)(random ?? Random.Shared).Next((int)CounterRange);

    /// <summary>
    /// An id for something that belongs to no subscriber. Its bucket follows from the moment, so that these are spread, and those of one
    /// moment still sort as they were made.
    /// </summary>
    public string New()
    {
        var (seconds, fraction) = Now();
        return Format(seconds, fraction, (byte)(fraction * BucketStep), _process, Take(1));
    }

    public string New(byte bucket) => Reserve(bucket, 1);

    /// <summary>Reserves <paramref name="count"/> consecutive ids and returns the first; <see cref="Offset"/> gives the others.</summary>
    public string Reserve(byte bucket, int count)
    {
        var (seconds, fraction) = Now();
        return Format(seconds, fraction, bucket, _process, Take((uint)count));
    }

    /// <summary>The id <paramref name="by"/> places behind <paramref name="id"/> in the block that was reserved with it.</summary>
    public static string Offset(string id, int by)
    {
        var counter = Convert.ToUInt32(id[18..], 16) + (uint)by;
        return string.Concat(id.AsSpan(0, 18), counter.ToString("x6", CultureInfo.InvariantCulture));
    }

    /// <summary>An id, always the same, for a part of something that has an id and whose parts have no rows.</summary>
    public static string OfPart(string id, int place) =>
        string.Concat(id.AsSpan(0, 14), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{id}/{place}"))).AsSpan(0, Length - 14));

    /// <summary>The same id as a UUID of version 7 (RFC 9562), of the same moment.</summary>
    public static string UuidOf(string id)
    {
        Span<byte> parts = stackalloc byte[Length / 2], uuid = stackalloc byte[16];
        Convert.FromHexString(id, parts, out _, out _);

        // Of 65536 per millisecond, and a multiple of 1000: so the four bits for which there is no room follow from the others.
        var fraction = BinaryPrimitives.ReadUInt16BigEndian(parts[4..]) * 1000L;
        var milliseconds = (BinaryPrimitives.ReadUInt32BigEndian(parts) * 1000L) + (fraction >> 16);
        BinaryPrimitives.WriteInt64BigEndian(uuid, (milliseconds << 16) | UuidVersion7 | ((fraction >> 4) & 0xFFF));
        uuid[8] = UuidVariant;
        parts[6..].CopyTo(uuid[9..]);
        return new Guid(uuid, bigEndian: true).ToString();
    }

    /// <summary>The id of which this is the UUID; null where there is none.</summary>
    public static string? OfUuid(string text)
    {
        Span<byte> parts = stackalloc byte[Length / 2], uuid = stackalloc byte[16];
        if (!Guid.TryParseExact(text, "D", out var parsed) || !parsed.TryWriteBytes(uuid, bigEndian: true, out _)) return null;
        if (uuid[8] != UuidVariant) return null;

        var time = BinaryPrimitives.ReadInt64BigEndian(uuid);
        var (seconds, milliseconds) = Math.DivRem(time >> 16, 1000L);
        var fraction = (milliseconds << 16) | ((time & 0xFFF) << 4);
        BinaryPrimitives.WriteUInt32BigEndian(parts, (uint)seconds);
        BinaryPrimitives.WriteUInt16BigEndian(parts[4..], (ushort)((fraction + 999) / 1000));
        uuid[9..15].CopyTo(parts[6..]);

        var id = Convert.ToHexStringLower(parts);
        return UuidOf(id) == text ? id : null;
    }

    public static byte BucketOf(string id) => Convert.ToByte(id.Substring(12, 2), 16);

    public static DateTimeOffset TimeOf(string id) => DateTimeOffset.FromUnixTimeSeconds(Convert.ToUInt32(id[..8], 16));

    /// <summary>Below every id that is made from that second on.</summary>
    public static string FirstOf(DateTimeOffset time) =>
        ((uint)time.ToUnixTimeSeconds()).ToString("x8", CultureInfo.InvariantCulture) + new string('0', Length - 8);

    public static bool IsId(string? text) => text is { Length: Length } && text.All(char.IsAsciiHexDigit);

    private (uint Seconds, ushort Fraction) Now()
    {
        var ticks = (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks;
        var fraction = ticks % TimeSpan.TicksPerSecond * FractionsPerSecond / TimeSpan.TicksPerSecond;
        return ((uint)(ticks / TimeSpan.TicksPerSecond), (ushort)fraction);
    }

    // A block never wraps around the end of the counter: what is left there is skipped, so that Offset can simply add.
    private uint Take(uint count)
    {
        while (true)
        {
            var seen = Volatile.Read(ref _counter);
            var first = seen + count > CounterRange ? 0 : seen;
            if (Interlocked.CompareExchange(ref _counter, first + count, seen) == seen)
                return first;
        }
    }

    private static string Format(uint seconds, ushort fraction, byte bucket, ushort process, uint counter) =>
        string.Create(Length, (seconds, fraction, bucket, process, counter), static (text, id) =>
        {
            id.seconds.TryFormat(text, out _, "x8", CultureInfo.InvariantCulture);
            id.fraction.TryFormat(text[8..], out _, "x4", CultureInfo.InvariantCulture);
            id.bucket.TryFormat(text[12..], out _, "x2", CultureInfo.InvariantCulture);
            id.process.TryFormat(text[14..], out _, "x4", CultureInfo.InvariantCulture);
            id.counter.TryFormat(text[18..], out _, "x6", CultureInfo.InvariantCulture);
        });
}
