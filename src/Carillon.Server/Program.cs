using Carillon.Data;
using Carillon.Data.Hints;
using Carillon.Data.Organizations;
using Carillon.Data.Secrets;
using Carillon.Engine;
using Carillon.Providers;
using Carillon.Providers.Email.Smtp;
using Carillon.Providers.Http;
using Carillon.Server.Auth;
using Carillon.Server.Configuration;
using Carillon.Server.Description;
using Carillon.Server.Environments;
using Carillon.Server.Events;
using Carillon.Server.Health;
using Carillon.Server.Http;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Idempotency;
using Carillon.Server.Http.RateLimits;
using Carillon.Server.Http.Views;
using Carillon.Server.Http.Views.Preferences;
using Carillon.Server.InApp;
using Carillon.Server.Inbox;
using Carillon.Server.Integrations;
using Carillon.Server.Messages;
using Carillon.Server.NotificationGroups;
using Carillon.Server.Notifications;
using Carillon.Server.Organizations;
using Carillon.Server.Preferences;
using Carillon.Server.Realtime;
using Carillon.Server.Start;
using Carillon.Server.Subscribers;
using Carillon.Server.Topics;
using Carillon.Server.Widgets;
using Carillon.Server.Workflows;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

try
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddSettings();
    builder.AddEdge();
    builder.AddTelemetry();

    var services = builder.Services;
    services.AddScoped<Authentication>();
    services.AddScoped<Caller>();
    services.AddScoped<CurrentEnvironment>();
    services.AddScoped<LoginAttempts>();
    services.AddScoped<MessageViews>();
    services.AddScoped<SubscriberHashes>();
    services.AddScoped<SubscriberPreferences>();
    services.AddScoped(scope => scope.GetRequiredService<Database>().Open(scope.GetRequiredService<CurrentEnvironment>()));
    services.AddSingleton(_ => new Database(builder.Configuration.GetConnectionString("Carillon")!));
    services.AddSingleton(all => SecretSource.Load(all.GetRequiredService<IOptions<ServerOptions>>(), all.GetRequiredService<Database>()));
    services.AddSingleton<Addresses>();
    services.AddSingleton<ApiKeys>();
    services.AddSingleton<FirstStart>();
    services.AddSingleton<Founding>();
    services.AddSingleton<IdempotencyStore>();
    services.AddSingleton<Ids>();
    services.AddSingleton<IHints, LocalHints>();
    services.AddSingleton<NewUser>();
    services.AddSingleton<OutboundGuard>();
    services.AddSingleton<OutboundHttp>();
    services.AddSingleton<Passwords>();
    services.AddSingleton<SecretBox>();
    services.AddSingleton<SmtpPool>();
    services.AddSingleton<SubscriberTokens>();
    services.AddSingleton<TokenBuckets>();
    services.AddSingleton<UserTokens>();
    services.AddSingleton(all => ProviderCatalog.Create(
        all.GetRequiredService<OutboundHttp>(), all.GetRequiredService<SmtpPool>(), all.GetRequiredService<TimeProvider>()));
    services.AddApiDescription();
    services.AddCarillonEngine();
    services.AddHostedService<EngineHost>();
    services.AddInApp();
    services.AddInbox();
    services.AddIntegrations();
    services.AddNotifications();
    services.AddScoped<SaveWorkflowPreference>();
    services.AddRealtime();
    services.AddSubscribers();
    services.AddTopics();
    services.AddWidgets();
    services.AddWorkflows();
    services.TryAddSingleton(TimeProvider.System);

    var app = builder.Build();
    app.UseEdge(app.Services.GetRequiredService<IOptions<ServerOptions>>().Value);

    app.MapApiDescription();
    app.MapRealtime();
    var api = app.MapApi();
    api.MapAuth();
    api.MapEnvironments();
    api.MapEvents();
    api.MapHealth();
    api.MapInbox();
    api.MapIntegrations();
    api.MapMessages();
    api.MapNotificationGroups();
    api.MapNotifications();
    api.MapOrganizations();
    api.MapPreferences();
    api.MapSubscribers();
    api.MapTopics();
    api.MapWidgets();
    api.MapWorkflows();

    var firstKey = await app.Services.GetRequiredService<FirstStart>().PrepareAsync(app.Lifetime.ApplicationStopping);
    Welcome.ShowWhenListening(app, firstKey);
    await app.RunAsync();
    return 0;
}
catch (Exception e) when (e is CannotStartException or OptionsValidationException)
{
    await Console.Error.WriteLineAsync($"Carillon cannot start. {e.Message}");
    return 1;
}
