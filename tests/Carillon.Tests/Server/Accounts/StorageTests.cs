using System.Net;
using System.Net.Http.Json;
using Carillon.Server.Storage;
using Carillon.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Carillon.Tests.Server.Accounts;

public sealed class StorageTests
{
    private const string Route = "/v1/storage/upload-url";
    private const string Public = "https://notify.example.com";

    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    [Fact]
    public async Task A_picture_is_put_where_the_address_says_and_shown_to_everybody()
    {
        await using var app = await CarillonApp.StartAsync(settings: ("Carillon:PublicUrl", Public));

        var (upload, path) = await AddressAsync(app.Api, "?extension=png");
        var put = await PutAsync(app, upload, Png);
        var shown = await app.Anonymous.GetAsync(Local(path));

        Assert.Matches($"^{Public}/v1/storage/files/{app.OrganizationId}/{app.EnvironmentId}/[0-9a-f]{{32}}\\.png$", path);
        Assert.StartsWith(path + "?", upload, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        Assert.Equal(Png, await shown.Content.ReadAsByteArrayAsync());
        Assert.Equal("image/png", shown.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", shown.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("default-src 'none'; sandbox", shown.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("cross-origin", shown.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
    }

    [Fact]
    public async Task A_portrait_belongs_to_its_user()
    {
        await using var app = await CarillonApp.StartAsync(settings: ("Carillon:PublicUrl", Public));
        var ann = await app.FounderAsync("ann");
        var id = (await (await ann.Calls.GetAsync("/v1/users/me")).DataAsync()).GetProperty("_id").GetString();

        var (upload, path) = await AddressAsync(ann.Calls, "?extension=jpeg&type=USER_PROFILE");

        Assert.Matches($"^{Public}/v1/storage/files/users/{id}/profile-pictures/[0-9a-f]{{32}}\\.jpeg$", path);
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(app, upload, [0xFF, 0xD8, 0xFF, 0xE0])).StatusCode);
    }

    [Fact]
    public async Task Nothing_is_taken_that_was_not_asked_for()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.Parse("2026-01-01T00:00:00Z", null));
        await using var app = await CarillonApp.StartAsync(
            clock: clock, settings: [("Carillon:PublicUrl", Public), ("Carillon:Storage:MaxBytes", "1024")]);
        var (upload, path) = await AddressAsync(app.Api, "?extension=png");
        var (other, _) = await AddressAsync(app.Api, "?extension=png");

        Assert.Equal(HttpStatusCode.Forbidden, (await PutAsync(app, path, Png)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await PutAsync(app, path + other[other.IndexOf('?', StringComparison.Ordinal)..], Png)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await PutAsync(app, upload.Replace("expires=1", "expires=2", StringComparison.Ordinal), Png)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await PutAsync(app, $"{Public}/v1/storage/files/secret.png?expires=1&signature=x", Png)).StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await PutAsync(app, upload, "<svg onload=alert(1)>"u8.ToArray())).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PutAsync(app, upload, [.. Png, .. new byte[1024]])).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Anonymous.GetAsync(Local(path))).StatusCode);
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.Forbidden, (await PutAsync(app, upload, Png)).StatusCode);
    }

    [Theory]
    [InlineData("", "extension must be one of the following values: jpg, png, jpeg", "extension must be a string")]
    [InlineData("?extension=pdf", "extension must be one of the following values: jpg, png, jpeg")]
    [InlineData("?extension=png&type=zz", "type must be one of the following values: BRANDING, USER_PROFILE")]
    public async Task What_is_wrong_is_said_in_the_contracts_words(string query, params string[] complaints)
    {
        await using var app = await CarillonApp.StartAsync();

        Assert.Equal(complaints, await (await app.Api.GetAsync(Route + query)).MessagesAsync());
    }

    [Fact]
    public async Task With_a_bucket_files_go_there()
    {
        await using var app = await CarillonApp.StartAsync(
            clock: new FakeTimeProvider(DateTimeOffset.Parse("2026-11-23T10:47:04Z", null)),
            settings:
            [
                ("Carillon:S3:Bucket", "pictures"), ("Carillon:S3:Endpoint", "http://127.0.0.1:4566"),
                ("Carillon:S3:AccessKey", "test"), ("Carillon:S3:SecretKey", "test"), ("Carillon:Storage:PublicUrl", "https://cdn.example.com/"),
            ]);

        var (upload, path) = await AddressAsync(app.Api, "?extension=png");

        var name = $"{app.OrganizationId}/{app.EnvironmentId}/[0-9a-f]{{32}}\\.png";
        Assert.Matches($"^https://cdn\\.example\\.com/{name}$", path);
        Assert.Matches(
            $"^http://127\\.0\\.0\\.1:4566/pictures/{name}\\?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Content-Sha256=UNSIGNED-PAYLOAD&X-Amz-Credential=test%2F20261123%2Fus-east-1%2Fs3%2Faws4_request"
            + "&X-Amz-Date=20261123T104704Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&x-amz-acl=public-read&x-id=PutObject&X-Amz-Signature=[0-9a-f]{64}$",
            upload);
    }

    [Fact]
    public void An_address_is_signed_as_the_documentation_of_s3_shows_it()
    {
        var signature = new S3Signature("us-east-1", "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");

        var signed = signature.Presign(
            "GET", new Uri("https://examplebucket.s3.amazonaws.com/test.txt"), DateTimeOffset.Parse("2013-05-24T00:00:00Z", null), TimeSpan.FromDays(1));

        Assert.Equal(
            "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
            + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
            signed);
    }

    private static async Task<(string SignedUrl, string Path)> AddressAsync(HttpClient client, string query)
    {
        var data = await (await client.GetAsync(Route + query)).DataAsync();
        return (data.GetProperty("signedUrl").GetString()!, data.GetProperty("path").GetString()!);
    }

    private static Task<HttpResponseMessage> PutAsync(CarillonApp app, string address, byte[] content) =>
        app.Anonymous.PutAsync(Local(address), new ByteArrayContent(content));

    // The server under test has no name, and is asked without one.
    private static Uri Local(string address) => new(address[Public.Length..], UriKind.Relative);
}
