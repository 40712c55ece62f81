namespace Carillon.Server.Http.Idempotency;

/// <summary>Section <c>Carillon:Idempotency</c>.</summary>
internal sealed class IdempotencyOptions
{
    public const string Section = "Carillon:Idempotency";

    public bool Enabled { get; set; } = true;
}
