using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Carillon.Server.Configuration;

/// <summary>Which private addresses the server may call although a user chose them. Section <c>Carillon:Outbound</c>.</summary>
internal sealed class OutboundOptions : IValidatableObject
{
    public const string Section = "Carillon:Outbound";

    /// <summary>Ranges such as <c>127.0.0.0/8</c>; none by default.</summary>
    public IReadOnlyList<string> Allow { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from range in Allow
        where !IPNetwork.TryParse(range, out _)
        select new ValidationResult($"Carillon:Outbound:Allow must list ranges such as 127.0.0.0/8, but has '{range}'.");
}
