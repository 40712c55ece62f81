namespace Carillon.Server.Configuration;

/// <summary>A page that shows the inbox to a newcomer. Section <c>Carillon:InboxDemo</c>.</summary>
internal sealed class InboxDemoOptions
{
    public const string Section = "Carillon:InboxDemo";

    /// <summary>Where the page was built; without it there is no page. It is for development: whoever opens it types in an API key.</summary>
    public string? Folder { get; set; }
}
