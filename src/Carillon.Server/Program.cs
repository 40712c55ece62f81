using Carillon.Data;
using Carillon.Data.Organizations;
using Carillon.Data.Secrets;
using Carillon.Engine;
using Carillon.Engine.Emails;
using Carillon.Providers;
using Carillon.Providers.Email.Smtp;
using Carillon.Providers.Http;
using Carillon.Server.Auth;
using Carillon.Server.Blueprints;
using Carillon.Server.Changes;
using Carillon.Server.Configuration;
using Carillon.Server.ContentTemplates;
using Carillon.Server.DeliveryReports;
using Carillon.Server.Description;
using Carillon.Server.Environments;
using Carillon.Server.Events;
using Carillon.Server.Feeds;
using Carillon.Server.Health;
using Carillon.Server.Http;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Idempotency;
using Carillon.Server.Http.RateLimits;
using Carillon.Server.Http.Telemetry;
using Carillon.Server.Http.Recording;
using Carillon.Server.Http.Views;
using Carillon.Server.Http.Views.Preferences;
using Carillon.Server.InApp;
using Carillon.Server.InboundParse;
using Carillon.Server.Inbox;
using Carillon.Server.InboxDemo;
using Carillon.Server.Integrations;
using Carillon.Server.Invites;
using Carillon.Server.Layouts;
using Carillon.Server.Mail;
using Carillon.Server.Messages;
using Carillon.Server.NotificationGroups;
using Carillon.Server.Notifications;
using Carillon.Server.Organizations;
using Carillon.Server.Outlets;
using Carillon.Server.PreferencePage;
using Carillon.Server.Preferences;
using Carillon.Server.Realtime;
using Carillon.Server.Realtime.EngineIo;
using Carillon.Server.Start;
using Carillon.Server.StepSchemas;
using Carillon.Server.Storage;
using Carillon.Server.Subscribers;
using Carillon.Server.Subscribers.V2;
using Carillon.Server.Tenants;
using Carillon.Server.Topics;
using Carillon.Server.Topics.V2;
using Carillon.Server.Unsubscribe;
using Carillon.Server.Users;
using Carillon.Server.Widgets;
using Carillon.Server.WorkflowOverrides;
using Carillon.Server.Workflows;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

try
{
    // Slim is without IIS and HTTP/3, which nobody asks it for, and which would be loaded all the same.
    // Settings are read once; nothing watches the folder it was started in, and all below it, for changes.
    var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false", .. args]);
    builder.AddSettings();
    builder.AddEdge();
    builder.AddTelemetry();
    var roles = builder.Roles;
    Threads.Provide(roles);

    var services = builder.Services;
    services.AddScoped<Authentication>();
    services.AddScoped<Caller>();
    services.AddScoped<ChangeLog>();
    services.AddScoped<CurrentEnvironment>();
    services.AddScoped<MessageViews>();
    services.AddScoped<Outbox>();
    services.AddScoped<SubscriberHashes>();
    services.AddScoped<SubscriberPreferences>();
    services.AddScoped(scope => scope.GetRequiredService<Database>().Open(scope.GetRequiredService<CurrentEnvironment>()));
    services.AddScoped(scope => new Lazy<CarillonDb>(scope.GetRequiredService<CarillonDb>));
    services.AddSingleton(_ => new Database(builder.Configuration.GetConnectionString("Carillon")!));
    services.AddSingleton(all => SecretSource.Load(all.GetRequiredService<IOptions<ServerOptions>>(), all.GetRequiredService<Database>()));
    services.AddSingleton<Addresses>();
    services.AddSingleton(all => new ApiDocument(
        [.. services, ServiceDescriptor.Singleton(all.GetRequiredService<IServer>()), ServiceDescriptor.Singleton(all.GetRequiredService<ILoggerFactory>())],
        all.GetRequiredService<ServerOptions>().PublicUrl));
    services.AddSingleton<ApiKeys>();
    services.AddSingleton<Bucket>();
    services.AddSingleton<Disk>();
    services.AddSingleton<FirstStart>();
    services.AddSingleton<Founding>();
    services.AddSingleton<IdempotencyStore>();
    services.AddSingleton<Ids>();
    services.AddSingleton(roles);
    services.AddSingleton(all => all.GetRequiredService<Database>().OpenHints(
        builder.Configuration.GetConnectionString("Redis"), all.GetRequiredService<TimeProvider>(), all.GetRequiredService<ILoggerFactory>()));
    services.AddSingleton<OutboundGuard>();
    services.AddSingleton<OutboundHttp>();
    services.AddSingleton(all => new PreferenceLinks(
        all.GetRequiredService<MasterSecret>(), all.GetRequiredService<ServerOptions>().PublicUrl, all.GetRequiredService<TimeProvider>()));
    services.AddSingleton<PublicAddress>();
    services.AddSingleton<ReplyAddresses>();
    services.AddSingleton<ReportAddresses>();
    services.AddSingleton<SecretBox>();
    services.AddSingleton<SmtpPool>();
    services.AddSingleton<SubscriberTokens>();
    services.AddSingleton<TokenBuckets>();
    services.AddSingleton(all => new UnsubscribeLinks(
        all.GetRequiredService<MasterSecret>(), all.GetRequiredService<ServerOptions>().PublicUrl, all.GetRequiredService<TimeProvider>()));
    services.AddSingleton<UserTokens>();
    services.AddSingleton(all => ProviderCatalog.Create(
        all.GetRequiredService<OutboundHttp>(), all.GetRequiredService<SmtpPool>(), all.GetRequiredService<TimeProvider>()));
    services.AddSingleton<IFileStore>(all =>
        all.GetRequiredService<S3Options>().IsSet ? all.GetRequiredService<Bucket>() : all.GetRequiredService<Disk>());
    services.AddAuth();
    services.AddBlueprints();
    services.AddCarillonEngine(roles.Engine);
    services.AddContentTemplates();
    services.AddChanges();
    services.AddDeliveryReports();
    services.AddHostedService<ClockHost>();
    services.AddHostedService<EngineHost>();
    services.AddHostedService<HintsHost>();
    services.AddFeeds();
    services.AddInApp();
    services.AddInboundParse(receives: roles.Api, delivers: roles.Engine);
    services.AddInbox();
    services.AddIntegrations();
    services.AddInvites();
    services.AddMail(sends: roles.Engine);
    services.AddLayouts();
    services.AddNotificationGroups();
    services.AddNotifications();
    services.AddPreferencePage();
    services.AddScoped<SaveWorkflowPreference>();
    services.AddScoped<SendTestEmail>();
    services.AddScoped<SendTestStep>();
    services.AddRealtime(listens: roles.Sockets);
    services.AddSubscribers();
    services.AddTopics();
    services.AddWidgets();
    services.AddWorkflows();
    services.TryAddSingleton(all => all.GetRequiredService<Database>().Clock);

    var app = builder.Build();
    app.UseEdge(app.Services.GetRequiredService<IOptions<ServerOptions>>().Value);

    var api = app.MapApi();
    api.MapHealth();
    app.MapReadiness();
    app.MapMetrics(app.Services.GetRequiredService<MetricsOptions>());
    if (roles.Sockets) app.MapRealtime(app.Services.GetRequiredService<EngineServer>);
    if (roles.Api)
    {
        app.MapApiDescription();
        app.MapInboxDemo(app.Services.GetRequiredService<InboxDemoOptions>());
        app.MapAuthPages();
        app.MapInvitationPage();
        api.MapAuth();
        api.MapBlueprints();
        api.MapContentTemplates();
        api.MapChanges();
        api.MapDeliveryReports();
        api.MapEnvironments();
        api.MapEvents();
        api.MapFeeds();
        api.MapInboundParse();
        api.MapInbox();
        api.MapIntegrations();
        api.MapInvites();
        api.MapLayouts();
        api.MapMessages();
        api.MapNotificationGroups();
        api.MapNotifications();
        api.MapOrganizations();
        api.MapOutlets();
        api.MapPreferencePage();
        api.MapPreferences();
        api.MapStepSchemas();
        api.MapStorage();
        api.MapSubscribers();
        api.MapTenants();
        api.MapTopics();
        api.MapUnsubscribe();
        api.MapUsers();
        api.MapWidgets();
        api.MapWorkflowOverrides();
        api.MapWorkflows();

        var second = app.MapSecondVersion();
        second.MapEnvironmentTags();
        second.MapSubscribersV2();
        second.MapTopicsV2();
    }

    var firstKey = await app.Services.GetRequiredService<FirstStart>().PrepareAsync(app.Lifetime.ApplicationStopping);
    Welcome.ShowWhenListening(app, firstKey);
    Leftovers.GiveBackOnceStarted(app);
    await app.RunAsync();
    return 0;
}
catch (Exception e) when (e is CannotStartException or OptionsValidationException)
{
    await Console.Error.WriteLineAsync($"Carillon cannot start. {e.Message}");
    return 1;
}
