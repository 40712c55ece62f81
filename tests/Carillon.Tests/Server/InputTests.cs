using System.Net;
using System.Net.Http.Json;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server;

/// <summary>Whatever is sent, the answer is the contract's refusal and never a 500.</summary>
public sealed class InputTests
{
    private const string Path = "/v1/organizations";

    [Theory]
    [InlineData("{\"name\":", "Unexpected end of JSON input")]
    [InlineData("{bad", "Expected property name or '}' in JSON at position 1")]
    [InlineData("\"x\"", "Unexpected token '\"', \"\"x\"\" is not valid JSON")]
    [InlineData("null", "Unexpected token 'n', \"null\" is not valid JSON")]
    [InlineData("{\"name\":\"x\",,}", "Unexpected token ',' in JSON at position 12")]
    [InlineData("nul", "Unexpected token 'n', \"nul\" is not valid JSON")]
    public async Task Malformed_json_is_explained(string body, string message)
    {
        await using var app = await CarillonApp.StartAsync();

        var response = await app.Api.PostTextAsync(Path, body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal([message], await response.MessagesAsync());
    }

    [Theory]
    [InlineData("", "application/json")]
    [InlineData("  ", "application/json")]
    [InlineData("[]", "application/json")]
    [InlineData("{\"name\":\"x\"}", "text/plain")]
    [InlineData("{\"name\":\"x\"}", "")]
    public async Task What_is_no_object_has_no_fields(string body, string type)
    {
        await using var app = await CarillonApp.StartAsync();

        var response = await app.Api.PostTextAsync(Path, body, type);

        Assert.Equal(["name should not be null or undefined", "name must be a string"], await response.MessagesAsync());
    }

    [Theory]
    [InlineData("{\"name\":\"a\\u0000b\"}", "name must not contain the NUL character")]
    [InlineData("{\"name\":\"a\\uD800b\"}", "name must be well-formed Unicode text")]
    [InlineData("{\"name\":\"\\uDC00\\uD800\"}", "name must be well-formed Unicode text")]
    [InlineData("{\"name\":\"x\",\"a\":{\"b\":[1,\"\\uD83D\"]}}", "a.b.1 must be well-formed Unicode text")]
    [InlineData("{\"name\":\"x\",\"a\":{\"\\u0000\":1}}", "a property name in a must not contain the NUL character")]
    public async Task Text_that_no_database_takes_is_refused_by_name(string body, string message)
    {
        await using var app = await CarillonApp.StartAsync();

        var response = await app.Api.PostTextAsync(Path, body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal([message], await response.MessagesAsync());
    }

    [Fact]
    public async Task Of_members_with_one_name_the_last_one_stands()
    {
        await using var app = await CarillonApp.StartAsync();

        var response = await app.Api.PostTextAsync(Path, "{\"name\":\"first\",\"language\":[{\"a\":1,\"a\":2}],\"language\":[\"ts\"],\"\\u006eame\":\"last\"}");

        var data = await response.DataAsync();
        Assert.Equal("last", data.GetProperty("name").GetString());
        Assert.Equal(["ts"], data.GetProperty("language").EnumerateArray().Select(language => language.GetString()!));
    }

    [Theory]
    [InlineData(48, HttpStatusCode.Created)]
    [InlineData(49, HttpStatusCode.BadRequest)]
    [InlineData(50_000, HttpStatusCode.BadRequest)]
    public async Task A_body_is_at_most_48_levels_deep(int levels, HttpStatusCode status)
    {
        await using var app = await CarillonApp.StartAsync();

        var response = await app.Api.PostTextAsync(Path, $"{{\"name\":\"x\",\"a\":{new string('[', levels - 1)}{new string(']', levels - 1)}}}");

        Assert.Equal(status, response.StatusCode);
        if (status == HttpStatusCode.BadRequest) Assert.Equal(["The body is nested too deeply"], await response.MessagesAsync());
    }

    [Fact]
    public async Task An_escaped_pair_of_surrogates_is_text()
    {
        await using var app = await CarillonApp.StartAsync();

        var response = await app.Api.PostTextAsync(Path, "{\"name\":\"\\uD83D\\uDE00 \\\\u0000\"}");

        Assert.Equal("😀 \\u0000", (await response.DataAsync()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_form_is_read_like_json()
    {
        await using var app = await CarillonApp.StartAsync();

        var response = await app.Api.PostTextAsync(Path, "name=A+B&language[]=ts&language[]=cs", "application/x-www-form-urlencoded");

        var data = await response.DataAsync();
        Assert.Equal("A B", data.GetProperty("name").GetString());
        Assert.Equal(["ts", "cs"], data.GetProperty("language").EnumerateArray().Select(l => l.GetString()!));
    }

    [Fact]
    public async Task An_unknown_charset_is_415()
    {
        await using var app = await CarillonApp.StartAsync();

        var response = await app.Api.PostTextAsync(Path, "{}", "application/json; charset=bogus");

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Equal(["unsupported charset \"BOGUS\""], await response.MessagesAsync());
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused()
    {
        await using var app = await CarillonApp.StartAsync();
        var content = new ByteArrayContent([(byte)'{', (byte)'"', 0xED, 0xA0, 0x80, (byte)'"', (byte)':', (byte)'1', (byte)'}']);
        content.Headers.ContentType = new("application/json");

        var response = await app.Api.PostAsync(Path, content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_long_body_is_413()
    {
        await using var app = await CarillonApp.StartAsync();

        var fits = await app.Api.PostAsJsonAsync(Path, new { name = new string('x', 100_000) });
        var exceeds = await app.Api.PostAsJsonAsync(Path, new { name = new string('x', 110_000) });

        Assert.Equal(HttpStatusCode.Created, fits.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, exceeds.StatusCode);
        Assert.Equal(["request entity too large"], await exceeds.MessagesAsync());
    }

    [Fact]
    public async Task Deep_nesting_is_refused()
    {
        await using var app = await CarillonApp.StartAsync();

        var response = await app.Api.PostTextAsync(Path, new string('[', 10_000) + new string(']', 10_000));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(["The body is nested too deeply"], await response.MessagesAsync());
    }

    [Theory]
    [InlineData("/v1/nope", "GET")]
    [InlineData("/", "GET")]
    [InlineData("/subscribers?limit=1", "GET")]
    [InlineData("/v1//environments/me?x=%20", "GET")]
    [InlineData("/v1/environments/me", "DELETE")]
    public async Task What_is_not_there_is_named(string path, string method)
    {
        await using var app = await CarillonApp.StartAsync();

        var response = await app.Anonymous.SendAsync(new(new(method), path));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal([$"Cannot {method} {path}"], await response.MessagesAsync());
    }

    [Theory]
    [InlineData("/v1/environments/me?a=%00", "a must not contain the NUL character")]
    [InlineData("/v1/environments/me?%00=a", "a query parameter's name must not contain the NUL character")]
    public async Task Bad_text_in_the_query_is_refused(string path, string message)
    {
        await using var app = await CarillonApp.StartAsync();

        var response = await app.Api.GetAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal([message], await response.MessagesAsync());
    }

    [Theory, InlineData("/v1/Environments/ME"), InlineData("/v1/environments/me/")]
    public async Task Case_and_a_trailing_slash_do_not_matter(string path)
    {
        await using var app = await CarillonApp.StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await app.Api.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task Head_answers_like_get_without_a_body()
    {
        await using var app = await CarillonApp.StartAsync();

        var response = await app.Anonymous.SendAsync(new(HttpMethod.Head, "/v1/health-check"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("no-cache, no-store, must-revalidate", response.Headers.NonValidated["Cache-Control"].ToString());
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }
}
