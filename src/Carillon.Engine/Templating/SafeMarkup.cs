namespace Carillon.Engine.Templating;

/// <summary>The HTML that an editor's content may hold.</summary>
internal static class SafeMarkup
{
    public static ISet<string> Tags { get; } = Set("""
        a abbr address article aside b bdi bdo blockquote br caption cite code col colgroup data dd dfn div dl dt em figcaption figure
        footer h1 h2 h3 h4 h5 h6 header hgroup hr i img kbd li main mark nav ol p pre q rb rp rt rtc ruby s samp section small span
        strong style sub sup table tbody td tfoot th thead time tr u ul var wbr
        """);

    public static ISet<string> Attributes { get; } = Set("alt height href loading name src srcset target title width");
    public static ISet<string> Addresses { get; } = Set("href src");
    public static ISet<string> Schemes { get; } = Set("ftp http https mailto tel");

    private static HashSet<string> Set(string words) =>
        new(words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);
}
