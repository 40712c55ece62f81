using System.Text.Json;
using Carillon.Data;
using Carillon.Data.Idempotency;
using Carillon.Data.Secrets;

namespace Carillon.Server.Http.Idempotency;

/// <summary>The records of keys, over a connection of its own so that nothing of it mixes with what the handler does.</summary>
internal sealed class IdempotencyStore(Database database, SecretBox box, TimeProvider clock)
{
    // Long enough for the slowest request, and short enough for a client whose request died with the server.
    private static readonly TimeSpan InProgress = TimeSpan.FromSeconds(300);
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    public async Task<Claim> ClaimAsync(KeyedRequest request, CancellationToken ct)
    {
        await using var db = database.Open(request.Scope);
        return await IdempotencyKeys.ClaimAsync(db, request, clock.GetUtcNow(), InProgress, ct);
    }

    public async Task KeepAsync(KeyedRequest request, Claim.Ours claim, StoredAnswer answer)
    {
        await using var db = database.Open(request.Scope);
        var text = box.Seal(Purpose.IdempotentAnswer, JsonSerializer.Serialize(answer));
        await IdempotencyKeys.KeepAsync(db, request, claim, answer.Status, text, clock.GetUtcNow() + Kept);
    }

    public async Task ReleaseAsync(KeyedRequest request, Claim.Ours claim)
    {
        await using var db = database.Open(request.Scope);
        await IdempotencyKeys.ReleaseAsync(db, request, claim);
    }

    public StoredAnswer Open(string text) => JsonSerializer.Deserialize<StoredAnswer>(box.Open(Purpose.IdempotentAnswer, text))!;
}
