using Carillon.Engine;
using Carillon.Engine.Chores;
using Carillon.Providers.Http;
using Carillon.Server.Http.Idempotency;
using Carillon.Server.Http.RateLimits;
using Carillon.Server.Http.Telemetry;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Options;

namespace Carillon.Server.Configuration;

/// <summary>Every group of options, checked before the server starts.</summary>
internal static class Settings
{
    private static readonly Dictionary<string, string?> Defaults = new()
    {
        ["ConnectionStrings:Carillon"] = "Data Source=data/carillon.db",
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",

        // It repeats what our own boundary logs, and at length.
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "None",
        ["urls"] = "http://127.0.0.1:3000",
    };

    private const string RolesOption = ServerOptions.Section + ":" + nameof(ServerOptions.Roles);

    extension(WebApplicationBuilder builder)
    {
        /// <summary>What this process does. What is wrong with it is said with everything else that is, before the server starts.</summary>
        public NodeRoles Roles => NodeRoles.Of(builder.Configuration[RolesOption] ?? NodeRoles.Default) ?? new(Api: true, Engine: true, Sockets: true);

        public void AddSettings()
        {
            builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
            if (builder.Configuration["roles"] is { } roles) builder.Configuration[RolesOption] = roles;
            builder.Bind<ServerOptions>(ServerOptions.Section);
            builder.Bind<OutboundOptions>("Carillon:Outbound");
            builder.Bind<ChatOAuthOptions>(ChatOAuthOptions.Section);
            builder.Bind<SlackOptions>(SlackOptions.Section);
            builder.Bind<DiscordOptions>(DiscordOptions.Section);
            builder.Bind<MailOptions>(MailOptions.Section);
            builder.Bind<BlueprintOptions>(BlueprintOptions.Section);
            builder.Bind<InboxDemoOptions>(InboxDemoOptions.Section);
            builder.Bind<InboundMailOptions>(InboundMailOptions.Section);
            builder.Bind<RateLimitOptions>(RateLimitOptions.Section);
            builder.Bind<RealtimeOptions>(RealtimeOptions.Section);
            builder.Bind<StorageOptions>(StorageOptions.Section);
            builder.Bind<S3Options>(S3Options.Section);
            builder.Bind<RetentionOptions>("Carillon:Retention");
            builder.Bind<EngineOptions>("Carillon:Engine");
            builder.Bind<IdempotencyOptions>(IdempotencyOptions.Section);
            builder.Bind<MetricsOptions>(MetricsOptions.Section);
        }

        // Below the server nobody knows of options, so their values are there to be asked for as they are.
        private void Bind<T>(string section)
            where T : class
        {
            builder.Services.AddOptions<T>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();
            builder.Services.AddSingleton(all => all.GetRequiredService<IOptions<T>>().Value);
        }
    }
}
