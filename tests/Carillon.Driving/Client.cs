using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace Carillon.Driving;

/// <summary>An application that uses the server: it has an organization and a key, and speaks HTTP only.</summary>
public sealed class Client : IDisposable
{
    private const int BulkSize = 500;

    private readonly HttpClient _http;
    private string _group = "";

    public Client(Uri address) =>
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(100) };

    /// <summary>For an organization that is there already.</summary>
    public Client(Uri address, string apiKey) : this(address)
    {
        ApiKey = apiKey;
        Use("ApiKey", apiKey);
    }

    public string ApiKey { get; private set; } = "";

    public string EnvironmentId { get; private set; } = "";

    /// <summary>Signs up for an organization of its own and uses the key of its first environment from then on.</summary>
    public async Task SignUpAsync(string email = "driver@example.com")
    {
        var signedUp = await PostAsync("/v1/auth/register", new
        {
            firstName = "Driver", lastName = "Test", email, password = "Passw0rd!x", organizationName = "Driving",
        });
        Use("Bearer", signedUp.GetProperty("token").GetString()!);
        var environment = (await GetAsync("/v1/environments"))[0];
        EnvironmentId = environment.GetProperty("_id").GetString()!;
        ApiKey = environment.GetProperty("apiKeys")[0].GetProperty("key").GetString()!;
        Use("ApiKey", ApiKey);
        _group = (await GetAsync("/v1/notification-groups"))[0].GetProperty("_id").GetString()!;
    }

    /// <summary>Makes an active workflow of these step templates and returns its trigger identifier.</summary>
    public async Task<string> CreateWorkflowAsync(string name, params object[] templates)
    {
        var workflow = await PostAsync("/v1/workflows", new
        {
            name,
            notificationGroupId = _group,
            active = true,
            draft = false,
            steps = templates.Select(template => new { template, active = true }),
        });
        return workflow.GetProperty("triggers")[0].GetProperty("identifier").GetString()!;
    }

    public async Task SubscribeAsync(IEnumerable<string> subscriberIds)
    {
        foreach (var some in subscriberIds.Chunk(BulkSize))
        {
            await PostAsync("/v1/subscribers/bulk", new
            {
                subscribers = some.Select(subscriberId => new { subscriberId, email = $"{subscriberId}@example.com", firstName = "Ann" }),
            });
        }
    }

    public async Task JoinAsync(string topicKey, IEnumerable<string> subscriberIds)
    {
        foreach (var some in subscriberIds.Chunk(BulkSize))
            await PostAsync($"/v1/topics/{topicKey}/subscribers", new { subscribers = some });
    }

    public Task<JsonElement> PostAsync(string path, object body) => ReadAsync(_http.PostAsJsonAsync(path, body));

    public Task<JsonElement> PutAsync(string path, object body) => ReadAsync(_http.PutAsJsonAsync(path, body));

    public Task<JsonElement> GetAsync(string path) => ReadAsync(_http.GetAsync(path));

    /// <summary>One attempt; null where nobody answered.</summary>
    public async Task<HttpStatusCode?> TryPostAsync(string path, object body)
    {
        try
        {
            using var response = await _http.PostAsJsonAsync(path, body);
            return response.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or SocketException)
        {
            return null;
        }
    }

    public void Dispose() => _http.Dispose();

    private void Use(string scheme, string credential) =>
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(scheme, credential);

    private static async Task<JsonElement> ReadAsync(Task<HttpResponseMessage> sent)
    {
        using var response = await sent;
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"{(int)response.StatusCode} from {response.RequestMessage!.RequestUri}: {text}");

        var body = JsonDocument.Parse(text).RootElement;
        return body.TryGetProperty("data", out var data) ? data : body;
    }
}
