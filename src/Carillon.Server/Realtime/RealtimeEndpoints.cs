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
            services.AddSingleton<Guests>();
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
        // Straight to the server, with no scope of its own: whatever else a request passes would be held for as long as a websocket is open.
        public void MapRealtime(Func<EngineServer> server) => app.Map("/socket.io", context => server().ServeAsync(context))
            .Public("A connection says who it is once it is open; how many there may be is limited by address.")
            .AtAnyRate()
            .ExcludeFromDescription()
            .ShortCircuit();
    }
}
