using Carillon.Data;
using Carillon.Engine.Chores;
using Carillon.Engine.Preferences;
using Carillon.Engine.Running;
using Carillon.Engine.Steps;
using Carillon.Engine.Triggering;
using Microsoft.Extensions.DependencyInjection;

namespace Carillon.Engine;

/// <summary>Everything the engine is made of. The host adds the options, the database, the hints, the outbound client and the clock.</summary>
public static class EngineServices
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddCarillonEngine() => services
            .AddSingleton(provider => provider.GetRequiredService<Database>().OpenEngineStore())
            .AddSingleton<EngineActivity>()
            .AddSingleton<EngineRuntime>()
            .AddSingleton(provider => StepCatalog.Create(provider))
            .AddSingleton<Templating.Templates>()
            .AddSingleton<Emails.EmailCompiler>()
            .AddSingleton<WorkflowVersions>()
            .AddSingleton<SubscriberUpsert>()
            .AddSingleton<RecipientWalk>()
            .AddSingleton<PreferenceReader>()
            .AddSingleton<SubjectReader>()
            .AddSingleton<DigestWindows>()
            .AddSingleton<DueRuns>()
            .AddSingleton<RunFactory>()
            .AddSingleton<Advancer>()
            .AddSingleton<PageBuilder>()
            .AddSingleton<EventAcceptor>()
            .AddSingleton<Tenants.TenantUpdate>()
            .AddSingleton<Expander>()
            .AddSingleton<SendGates>()
            .AddSingleton<Sender>()
            .AddSingleton<DeadDevices>()
            .AddSingleton<Committer>()
            .AddSingleton<RunExecutor>()
            .AddSingleton<Runner>()
            .AddSingleton<Pruner>()
            .AddSingleton<CarillonEngine>()
            .AddScoped<Trigger>();
    }
}
