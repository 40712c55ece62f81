using System.ComponentModel.DataAnnotations;

namespace Carillon.Server.Configuration;

/// <summary>Where Discord is; another place only for tests. Section <c>Carillon:Discord</c>.</summary>
internal sealed class DiscordOptions
{
    public const string Section = "Carillon:Discord";

    [Required, Url(ErrorMessage = "Carillon:Discord:AuthorizeUrl must be an absolute http(s) address.")]
    public string AuthorizeUrl { get; set; } = "https://discord.com/oauth2/authorize";

    [Required, Url(ErrorMessage = "Carillon:Discord:TokenUrl must be an absolute http(s) address.")]
    public string TokenUrl { get; set; } = "https://discord.com/api/oauth2/token";

    /// <summary>How long Discord may take to answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00", ErrorMessage = "Carillon:Discord:Timeout must be from 00:00:00.1 to 00:01:00.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}
