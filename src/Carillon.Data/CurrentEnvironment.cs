namespace Carillon.Data;

/// <summary>
/// The environment this request acts for, set once at the edge. Reading it before it is known is a bug, so it throws;
/// a code path that works without one (sign-in, say) must leave the environment filter out by name and say why.
/// </summary>
public sealed class CurrentEnvironment
{
    public string Id
    {
        get => field ?? throw new InvalidOperationException("No environment has been established.");
        set;
    }

    /// <summary>What the query filters compare with: no row has it while nobody set an environment.</summary>
    internal string IdOrNone => IsKnown ? Id : "";

    public bool IsKnown { get; private set; }

    public void Enter(string environmentId)
    {
        Id = environmentId;
        IsKnown = true;
    }
}
