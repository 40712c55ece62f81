using Carillon.Server.Configuration;
using Carillon.Server.Http;

namespace Carillon.Server.Mail;

/// <summary>Where the links in mails lead: to pages for people, on this server unless the operator has them elsewhere.</summary>
internal sealed class DashboardLinks(ServerOptions options, PublicAddress address)
{
    private string Root => options.DashboardUrl?.TrimEnd('/') ?? address.Root;

    public string Invitation(string token) => $"{Root}/auth/invitation/{token}";

    public string NewPassword(string token) => $"{Root}/auth/reset/{token}";
}
