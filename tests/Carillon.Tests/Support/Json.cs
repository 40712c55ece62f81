using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Carillon.Tests.Support;

/// <summary>Reading answers.</summary>
internal static class Json
{
    extension(HttpResponseMessage response)
    {
        public async Task<JsonElement> JsonAsync() => await response.Content.ReadFromJsonAsync<JsonElement>();

        /// <summary>What is in the envelope.</summary>
        public async Task<JsonElement> DataAsync()
        {
            var body = await response.JsonAsync();
            return body.TryGetProperty("data", out var data) ? data : throw new InvalidOperationException($"{(int)response.StatusCode}: {body}");
        }

        /// <summary>The complaints of a refusal, one or many.</summary>
        public async Task<string[]> MessagesAsync() => (await response.JsonAsync()).GetProperty("message") switch
        {
            { ValueKind: JsonValueKind.Array } many => [.. many.EnumerateArray().Select(message => message.GetString()!)],
            var one => [one.GetString()!],
        };
    }

    extension(JsonElement json)
    {
        /// <summary>A text member; null where there is none.</summary>
        public string? Text(string name) =>
            json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }

    extension(HttpClient client)
    {
        /// <summary>Sends text as it is, for bodies that are not what they should be.</summary>
        public Task<HttpResponseMessage> PostTextAsync(string path, string body, string type = "application/json")
        {
            var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            content.Headers.TryAddWithoutValidation("Content-Type", type);
            return client.PostAsync(new Uri(path, UriKind.Relative), content);
        }
    }
}
