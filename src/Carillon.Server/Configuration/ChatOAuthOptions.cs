namespace Carillon.Server.Configuration;

/// <summary>How people connect their chat workspaces. Section <c>Carillon:ChatOAuth</c>.</summary>
internal sealed class ChatOAuthOptions
{
    public const string Section = "Carillon:ChatOAuth";

    /// <summary>
    /// Whether an integration may do without signed links. With such links, whoever knows a subscriber's id can connect a
    /// workspace of their own and read what is meant for that subscriber.
    /// </summary>
    public bool AllowUnsigned { get; set; }
}
