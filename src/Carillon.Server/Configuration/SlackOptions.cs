using System.ComponentModel.DataAnnotations;

namespace Carillon.Server.Configuration;

/// <summary>Where Slack is; another place only for tests. Section <c>Carillon:Slack</c>.</summary>
internal sealed class SlackOptions
{
    public const string Section = "Carillon:Slack";

    [Required, Url(ErrorMessage = "Carillon:Slack:AuthorizeUrl must be an absolute http(s) address.")]
    public string AuthorizeUrl { get; set; } = "https://slack.com/oauth/v2/authorize";

    [Required, Url(ErrorMessage = "Carillon:Slack:TokenUrl must be an absolute http(s) address.")]
    public string TokenUrl { get; set; } = "https://slack.com/api/oauth.v2.access";

    /// <summary>How long Slack may take to answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00", ErrorMessage = "Carillon:Slack:Timeout must be from 00:00:00.1 to 00:01:00.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}
