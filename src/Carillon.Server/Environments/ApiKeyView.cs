using System.Text.Json.Serialization;
using Carillon.Data.Environments;
using Carillon.Data.Secrets;

namespace Carillon.Server.Environments;

/// <summary>The contract lets those who hold a key, or administer its environment, read it back.</summary>
internal sealed record ApiKeyView
{
    [JsonPropertyName("_id")]
    public string? ObjectId { get; init; }
    public required string Key { get; init; }
    public string? Hash { get; init; }

    [JsonPropertyName("_userId")]
    public required string UserId { get; init; }

    /// <summary>The same as <c>_id</c>; lists leave it out.</summary>
    public string? Id { get; init; }

    public static ApiKeyView Of(ApiKey key, SecretBox box) => new()
    {
        Key = box.Open(Purpose.ApiKey, key.Cipher),
        UserId = key.UserId,
    };

    public static ApiKeyView WithHash(ApiKey key, SecretBox box) => Of(key, box) with { ObjectId = key.Id, Hash = key.Hash };
}
