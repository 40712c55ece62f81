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

    /// <summary>Where mail servers connect; without it no mail is received.</summary>
    [Range(0, IPEndPoint.MaxPort, ErrorMessage = "Carillon:InboundMail:Port must be from 0 to 65535.")]
    public int? Port { get; set; }

    /// <summary>The address to listen on; all of this machine's where it is not set.</summary>
    public string? Address { get; set; }

    /// <summary>The largest mail that is taken.</summary>
    [Range(1024, 100 * 1024 * 1024, ErrorMessage = "Carillon:InboundMail:MaxBytes must be from 1024 to 104857600.")]
    public int MaxBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>Connections at once, from everywhere and from one address.</summary>
    [Range(1, 10_000, ErrorMessage = "Carillon:InboundMail:MaxConnections must be from 1 to 10000.")]
    public int MaxConnections { get; set; } = 100;

    [Range(1, 10_000, ErrorMessage = "Carillon:InboundMail:MaxConnectionsPerAddress must be from 1 to 10000.")]
    public int MaxConnectionsPerAddress { get; set; } = 10;

    /// <summary>How long a mail server may be silent, and how long it may take for one mail.</summary>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromMinutes(1);
    public TimeSpan DataTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>A certificate with its chain, and its key, in PEM; with them encryption is offered.</summary>
    public string? Certificate { get; set; }
    public string? CertificateKey { get; set; }

    internal bool IsListening => Port is not null;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var server in NameServers.Where(server => !IPEndPoint.TryParse(server, out _)))
            yield return new($"Carillon:InboundMail:NameServers must list addresses such as 192.0.2.53 or 192.0.2.53:5353, but has '{server}'.");

        if (IsListening && string.IsNullOrEmpty(Domain)) yield return new("Carillon:InboundMail:Domain is required where mail is received.");
        if (Address is not null && !IPAddress.TryParse(Address, out _)) yield return new($"Carillon:InboundMail:Address must be an address of this machine, but is '{Address}'.");
        if (CommandTimeout <= TimeSpan.Zero || DataTimeout <= TimeSpan.Zero) yield return new("Carillon:InboundMail:CommandTimeout and DataTimeout must be longer than nothing.");
        if (Certificate is null != CertificateKey is null) yield return new("Carillon:InboundMail:Certificate and CertificateKey belong together.");
        foreach (var file in new[] { Certificate, CertificateKey }.OfType<string>().Where(file => !File.Exists(file)))
            yield return new($"Carillon:InboundMail: there is no file {file}.");
    }
}
