namespace Carillon.Server.Http.Answers;

/// <summary>What deleting answers where the contract wants more than an empty body.</summary>
internal sealed record Deletion(bool Acknowledged, string Status)
{
    public static Deletion Done { get; } = new(true, "deleted");
}
