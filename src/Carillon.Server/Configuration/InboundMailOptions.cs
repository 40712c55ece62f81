using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Carillon.Server.Configuration;

/// <summary>Mails that come back as answers. Section <c>Carillon:InboundMail</c>.</summary>
internal sealed class InboundMailOptions : IValidatableObject
{
    public const string Section = "Carillon:InboundMail";

    /// <summary>The name of the server that receives them, to which the domains of customers point.</summary>
    public string? Domain { get; set; }

    /// <summary>Whom to ask where a domain's mail goes; this machine's own name servers where there are none.</summary>
    public IReadOnlyList<string> NameServers { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from server in NameServers
        where !IPEndPoint.TryParse(server, out _)
        select new ValidationResult($"Carillon:InboundMail:NameServers must list addresses such as 192.0.2.53 or 192.0.2.53:5353, but has '{server}'.");
}
