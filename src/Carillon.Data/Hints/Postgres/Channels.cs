using System.Globalization;

namespace Carillon.Data.Hints.Postgres;

/// <summary>The names that hints are notified under.</summary>
internal static class Channels
{
    public const string Work = "carillon_work";

    public static string Inbox(byte bucket) => string.Create(CultureInfo.InvariantCulture, $"carillon_inbox_{bucket:x2}");
}
