using System.Text.Json.Serialization;
using Carillon.Data.Environments;
using Carillon.Data.Secrets;

namespace Carillon.Server.Environments;

/// <summary>The contract lets those who hold a key, or administer its environment, read it back.</summary>
internal sealed record ApiKeyView
{
    [JsonPropertyName("_id")]
    public string? Id { get; init; }
    public required string Key { get; init; }
    public string? Hash { get; init; }

    [JsonPropertyName("_userId")]
    public required string UserId { get; init; }

    [JsonPropertyName("id")]
    public string? SecondId { get; init; }

    public static ApiKeyView Of(ApiKey key, SecretBox box) => new()
    {
        Key = box.Open(Purpose.ApiKey, key.Cipher),
        UserId = key.UserId,
    };

    public static ApiKeyView WithHash(ApiKey key, SecretBox box) => Of(key, box) with { Id = key.Id, Hash = key.Hash };
}
