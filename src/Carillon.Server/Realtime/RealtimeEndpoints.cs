using Carillon.Server.Http.Access;
using Carillon.Server.Http.RateLimits;
using Carillon.Server.Realtime.EngineIo;
using Carillon.Server.Realtime.Inboxes;
using Carillon.Server.Realtime.SocketIo;

namespace Carillon.Server.Realtime;

/// <summary>Where inbox components listen: one address, for every transport. See the README beside this file.</summary>
internal static class RealtimeEndpoints
{
    extension(IServiceCollection services)
    {
        /// <param name="listens">Whether inboxes connect to this process; others' it does not know of.</param>
        public void AddRealtime(bool listens)
        {
            services.AddSingleton<Announcer>();
            services.AddSingleton<Connections>();
            services.AddSingleton<Doorkeeper>();
            services.AddSingleton<EngineServer>();
            services.AddSingleton<InboxNews>();
            services.AddSingleton<OpenInboxes>();
            services.AddSingleton<Packets>();
            services.AddSingleton<Presence>();
            services.AddSingleton<PresenceRows>();
            services.AddSingleton<Pulse>();
            services.AddSingleton<SocketServer>();
            if (listens) services.AddHostedService<RealtimeHost>();
        }
    }

    extension(IEndpointRouteBuilder app)
    {
        public void MapRealtime() => app.Map("/socket.io", EngineServer.Handle)
            .Public("A connection says who it is once it is open; how many there may be is limited by address.")
            .AtAnyRate()
            .ExcludeFromDescription();
    }
}
