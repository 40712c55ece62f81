using System.IO.Compression;
using System.Net;
using System.Text;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server.Edge;

public sealed class BrowserTests
{
    [Fact]
    public async Task Every_answer_tells_browsers_to_be_careful()
    {
        await using var app = await CarillonApp.StartAsync();

        foreach (var path in new[] { "/v1/health-check", "/v1/messages", "/nowhere" })
        {
            var headers = (await app.Anonymous.GetAsync(path)).Headers;
            Assert.Equal("nosniff", headers.GetValues("X-Content-Type-Options").Single());
            Assert.StartsWith("default-src 'none'", headers.GetValues("Content-Security-Policy").Single());
            Assert.False(headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task Pages_of_named_origins_may_call_and_others_may_not()
    {
        await using var app = await CarillonApp.StartAsync(settings: ("Carillon:AllowedOrigins:0", "https://admin.example.com"));

        Assert.Equal("https://admin.example.com", await AllowedAsync(app, "/v1/messages", "https://admin.example.com"));
        Assert.Null(await AllowedAsync(app, "/v1/messages", "https://evil.example.com"));
        Assert.Equal("*", await AllowedAsync(app, "/v1/inbox/session", "https://anywhere.example.com"));
    }

    [Fact]
    public async Task A_preflight_is_answered_without_credentials()
    {
        await using var app = await CarillonApp.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Options, "/v1/inbox/session");
        request.Headers.Add("Origin", "https://shop.example.com");
        request.Headers.Add("Access-Control-Request-Method", "POST");

        var answer = await app.Anonymous.SendAsync(request);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Contains("Authorization", answer.Headers.GetValues("Access-Control-Allow-Headers").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_compressed_body_is_read_and_one_that_is_not_what_it_says_is_refused()
    {
        await using var app = await CarillonApp.StartAsync();
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write("{\"key\":\"team\",\"name\":\"Team\"}"u8);

        Assert.Equal(HttpStatusCode.Created, (await PostAsync(app, packed.ToArray())).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(app, Encoding.UTF8.GetBytes("not gzip at all"))).StatusCode);
    }

    [Fact]
    public async Task A_small_body_that_unpacks_to_a_huge_one_is_refused()
    {
        await using var app = await CarillonApp.StartAsync();
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(new byte[1_000_000]);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync(app, packed.ToArray())).StatusCode);
    }

    private static async Task<string?> AllowedAsync(CarillonApp app, string path, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Origin", origin);
        var answer = await app.Anonymous.SendAsync(request);
        return answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed) ? allowed.Single() : null;
    }

    private static Task<HttpResponseMessage> PostAsync(CarillonApp app, byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.Add("Content-Type", "application/json");
        content.Headers.Add("Content-Encoding", "gzip");
        return app.Api.PostAsync(new Uri("/v1/topics", UriKind.Relative), content);
    }
}
