using System.Text;

namespace Carillon.Server.Http.Idempotency;

/// <summary>An answer as it is kept: what the route said, without what the edge adds anew to each response.</summary>
internal sealed record StoredAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    private static readonly string[] Kept = ["Cache-Control", "Content-Type", "Link", "Location", "Retry-After"];

    public static StoredAnswer Of(HttpResponse response, MemoryStream body) => new(
        response.StatusCode,
        Kept.Where(name => response.Headers.ContainsKey(name)).ToDictionary(name => name, name => response.Headers[name].ToString()),
        Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length));

    public Task WriteAsync(HttpResponse response, CancellationToken ct)
    {
        response.StatusCode = Status;
        foreach (var (name, value) in Headers) response.Headers[name] = value;
        return WriteBodyAsync(response, ct);
    }

    public Task WriteBodyAsync(HttpResponse response, CancellationToken ct) =>
        Body.Length == 0 ? Task.CompletedTask : response.WriteAsync(Body, ct);
}
