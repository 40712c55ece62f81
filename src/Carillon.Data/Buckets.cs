using System.Text;

namespace Carillon.Data;

/// <summary>Everything hot about a subscriber lives in one of 256 buckets, so that a shard can own it.</summary>
public static class Buckets
{
    public const int Count = 256;

    /// <summary>FNV-1a over environment and external id: the same on every node and for ever, unlike <see cref="string.GetHashCode()"/>.</summary>
    public static byte Of(string environmentId, string externalId)
    {
        var hash = Fold(Fold(2166136261, environmentId), externalId);
        return (byte)(hash ^ (hash >> 8) ^ (hash >> 16) ^ (hash >> 24));
    }

    private static uint Fold(uint hash, string text)
    {
        foreach (var b in Encoding.UTF8.GetBytes(text))
            hash = (hash ^ b) * 16777619;
        return hash;
    }
}
