namespace Carillon.Contract.Exchanges;

/// <summary>Sections that were recorded one after another with the same original, and build on each other.</summary>
internal sealed record Story(IReadOnlyList<string> Sections, params (string Name, string Value)[] Settings)
{
    private static readonly string[][] Apart = [["extra"], ["extra2"], ["ratelimit", "idempotency"]];

    public static IReadOnlyList<Story> All { get; } =
    [
        new([.. Exchange.Sections.Except(Apart.SelectMany(sections => sections))], AsRecorded),
        new(Apart[0], AsRecorded),
        new(Apart[1], AsRecorded),
        new(Apart[2], RecordedRates),
    ];

    /// <summary>In the order in which they were sent.</summary>
    public IReadOnlyList<Exchange> Exchanges() =>
        Turns.Of([.. Sections.SelectMany(Exchange.Of).OrderBy(exchange => exchange.At)]);

    private static (string, string)[] AsRecorded =>
    [
        ("Carillon:ChatOAuth:AllowUnsigned", "true"),
        ("Carillon:Idempotency:Enabled", "false"),
        ("Carillon:PublicUrl", "http://127.0.0.1:13000"),
        ("Carillon:RateLimits:Enabled", "false"),
        ("Carillon:S3:AccessKey", "test"),
        ("Carillon:S3:Bucket", "novu-local"),
        ("Carillon:S3:Endpoint", "http://127.0.0.1:4566"),
        ("Carillon:S3:SecretKey", "test"),
        ("Carillon:ServiceLevel", "free"),
    ];

    private static (string, string)[] RecordedRates =>
        [("Carillon:ServiceLevel", "free"), ("Carillon:RateLimits:Trigger", "60"), ("Carillon:RateLimits:Configuration", "20"), ("Carillon:RateLimits:Global", "30")];
}
