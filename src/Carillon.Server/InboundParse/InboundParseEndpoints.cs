using Carillon.Server.Http.Access;

namespace Carillon.Server.InboundParse;

internal static class InboundParseEndpoints
{
    extension(IServiceCollection services)
    {
        public void AddInboundParse() => services.AddSingleton<MailExchanges>();
    }

    extension(IEndpointRouteBuilder api)
    {
        public void MapInboundParse() =>
            api.MapGet("/inbound-parse/mx/status", GetMxStatus.Handle).WithTags("Inbound Parse").RequireKeyOrUser();
    }
}
