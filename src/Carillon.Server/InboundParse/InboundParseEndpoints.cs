using Carillon.Server.Http.Access;
using Carillon.Server.InboundParse.Replies;
using Carillon.Server.InboundParse.Smtp;

namespace Carillon.Server.InboundParse;

/// <summary>Mail that comes in: whether it would come here, and, where the operator wants that, the answers themselves.</summary>
internal static class InboundParseEndpoints
{
    extension(IServiceCollection services)
    {
        /// <param name="receives">Whether mail servers connect to this process.</param>
        /// <param name="delivers">Whether it passes on what was received.</param>
        public void AddInboundParse(bool receives, bool delivers)
        {
            services.AddSingleton<Letterbox>();
            services.AddSingleton<MailCertificate>();
            services.AddSingleton<MailExchanges>();
            services.AddSingleton<ReplyCourier>();
            services.AddSingleton<ReplyEnds>();
            services.AddSingleton<ReplyLetters>();
            services.AddSingleton<ReplyPost>();
            if (receives) services.AddHostedService<MailListener>();
            if (delivers) services.AddHostedService<ReplyOffice>();
        }
    }

    extension(IEndpointRouteBuilder api)
    {
        public void MapInboundParse() =>
            api.MapGet("/inbound-parse/mx/status", GetMxStatus.Handle).WithTags("Inbound Parse").RequireKeyOrUser();
    }
}
