using Carillon.Data.Execution;

namespace Carillon.Engine.Running;

/// <summary>
/// Whose runs are claimed next. Where more is due than is taken, every second claim is shared among environments, the next ones each time;
/// the others take what has been due longest, so that everything comes to its end in time.
/// </summary>
public sealed class RunTurns(IEngineStore store)
{
    private const int MostEnvironments = 64;

    private string _after = "";
    private bool _inTurn;

    public async Task<IReadOnlyList<Run>> ClaimAsync(Claim claim, CancellationToken ct)
    {
        var claimed = await store.ClaimRunsAsync(_inTurn ? claim with { Among = await NextEnvironmentsAsync(claim.Limit, ct) } : claim, ct);
        _inTurn = !_inTurn && claimed.Count == claim.Limit;
        return claimed;
    }

    private async Task<IReadOnlyList<string>> NextEnvironmentsAsync(int limit, CancellationToken ct)
    {
        var most = Math.Min(limit, MostEnvironments);
        var environments = await store.EnvironmentsWithRunsAsync(_after, most, ct);
        _after = environments.Count < most ? "" : environments[^1];
        return environments;
    }
}
