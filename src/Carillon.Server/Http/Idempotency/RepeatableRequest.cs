using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Carillon.Server.Http.Idempotency;

/// <summary>
/// For handlers whose work is not in one transaction with the keeping of the answer. Between the two a crash leaves work done
/// and no answer; the repeat then runs the handler again. Names that the handler makes up from here are the same then, so
/// that it meets its own first result instead of making a second one.
/// </summary>
internal sealed record RepeatableRequest(string? Seed)
{
    private static readonly RepeatableRequest Once = new((string?)null);

    /// <summary>A transaction id, the same on each repeat of this request; null when it came without an Idempotency-Key.</summary>
    public string? TransactionId(int index = 0) => Seed is null
        ? null
        : new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{Seed}|{index}")).AsSpan(0, 16)).ToString();

    public static ValueTask<RepeatableRequest> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult(context.Features.Get<RepeatableRequest>() ?? Once);
}
