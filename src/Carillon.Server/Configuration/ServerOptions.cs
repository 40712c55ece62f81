using System.ComponentModel.DataAnnotations;
using System.Net;
using Carillon.Data.Secrets;

namespace Carillon.Server.Configuration;

/// <summary>What the server must know about itself. Section <c>Carillon</c>.</summary>
internal sealed class ServerOptions : IValidatableObject
{
    public const string Section = "Carillon";

    /// <summary>What links and redirects are built from; the address that the server listens on where it is not set.</summary>
    [Url(ErrorMessage = "Carillon:PublicUrl must be an absolute http(s) address such as https://notify.example.com.")]
    public string? PublicUrl { get; set; }

    /// <summary>Where links in mails lead; <see cref="PublicUrl"/> where it is not set.</summary>
    [Url(ErrorMessage = "Carillon:DashboardUrl must be an absolute http(s) address such as https://notify.example.com.")]
    public string? DashboardUrl { get; set; }

    /// <summary>Whether anybody may sign up. Without, only who was invited.</summary>
    public bool OpenRegistration { get; set; } = true;

    /// <summary>What organizations and rate limits say their service level is; nothing is held back at any.</summary>
    public string ServiceLevel { get; set; } = "unlimited";

    /// <summary>The master secret, from which every key is derived.</summary>
    [MinLength(MasterSecret.MinimumLength, ErrorMessage = "Carillon:Secret must have at least 32 characters.")]
    public string? Secret { get; set; }

    /// <summary>Browser origins that may call the API, beside the inbox's routes, which every origin may.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; set; } = [];

    /// <summary>What this process does, separated by commas.</summary>
    public string Roles { get; set; } = NodeRoles.Default;

    /// <summary>Proxies whose X-Forwarded-For is believed: addresses or ranges.</summary>
    public IReadOnlyList<string> KnownProxies { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (NodeRoles.Of(Roles) is null) yield return new($"Carillon:Roles must be some of {NodeRoles.Default}, separated by commas, but is '{Roles}'.");
        foreach (var proxy in KnownProxies)
        {
            if (!IPAddress.TryParse(proxy, out _) && !IPNetwork.TryParse(proxy, out _))
                yield return new($"Carillon:KnownProxies must list addresses or ranges such as 10.0.0.0/8, but has '{proxy}'.");
        }
    }
}
