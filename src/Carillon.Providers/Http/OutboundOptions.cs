using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Carillon.Providers.Http;

/// <summary>What outbound calls may reach beside the public internet.</summary>
public sealed class OutboundOptions : IValidatableObject
{
    /// <summary>Ranges such as <c>10.0.0.0/8</c> or single addresses. None by default.</summary>
    public IReadOnlyList<string> Allow { get; set; } = [];

    /// <summary>One sentence for each entry that cannot be read; empty when all is well.</summary>
    public IReadOnlyList<string> Faults() =>
        [.. Allow.Index().Where(entry => Parse(entry.Item) is null).Select(entry =>
            $"Carillon:Outbound:Allow:{entry.Index} is '{entry.Item}', which is not an address range such as 10.0.0.0/8 or fd00::/8.")];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Faults().Select(fault => new ValidationResult(fault));

    internal IReadOnlyList<IPNetwork> Networks()
    {
        if (Faults() is [var first, ..])
            throw new ArgumentException(first);

        return [.. Allow.Select(entry => Parse(entry)!.Value)];
    }

    private static IPNetwork? Parse(string? entry)
    {
        if (IPNetwork.TryParse(entry, out var network))
            return network;
        if (IPAddress.TryParse(entry, out var address))
            return new IPNetwork(address, address.GetAddressBytes().Length * 8);

        return null;
    }
}
