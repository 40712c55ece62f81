using Carillon.Data;
using Carillon.Engine.Chores;
using Carillon.Engine.Conditions;
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
        /// <param name="works">Whether this process takes on work; otherwise it only accepts it, for others to do.</param>
        public IServiceCollection AddCarillonEngine(bool works = true) => services
            .AddSingleton(provider => provider.GetRequiredService<Database>().OpenEngineStore())
            .AddSingleton<EngineActivity>()
            .AddSingleton<EngineMetrics>()
            .AddSingleton<EngineRuntime>()
            .AddSingleton(provider => StepCatalog.Create(provider))
            .AddSingleton<Templating.Templates>()
            .AddSingleton<Emails.EmailCompiler>()
            .AddSingleton<Steps.Email.Leavable>()
            .AddSingleton<Steps.Email.AttachmentFiles>()
            .AddSingleton<WorkflowVersions>()
            .AddSingleton<SubscriberUpsert>()
            .AddSingleton<RecipientWalk>()
            .AddSingleton<PreferenceReader>()
            .AddSingleton<SubjectReader>()
            .AddSingleton<DigestWindows>()
            .AddSingleton<DueRuns>()
            .AddSingleton<RunFactory>()
            .AddSingleton<ConditionCheck>()
            .AddSingleton<StepGate>()
            .AddSingleton<Advancer>()
            .AddSingleton<PageBuilder>()
            .AddSingleton<TriggeredWorkflows>()
            .AddSingleton<EventFactory>()
            .AddSingleton<EventAcceptor>()
            .AddSingleton<Tenants.TenantUpdate>()
            .AddSingleton<RightOfWay>()
            .AddSingleton<SmallExpander>()
            .AddSingleton<LargeExpander>()
            .AddSingleton<ClaimShare>()
            .AddSingleton<Circuits>()
            .AddSingleton<HostGates>()
            .AddSingleton<SendGates>()
            .AddSingleton<Sender>()
            .AddSingleton<Webhooks>()
            .AddSingleton<Outside>()
            .AddSingleton<DeadDevices>()
            .AddSingleton<Committer>()
            .AddSingleton<RunExecutor>()
            .AddSingleton<StepTrial>()
            .AddSingleton<Runner>()
            .AddSingleton<Outgoing.EventPost>()
            .AddSingleton<Outgoing.EndpointVisit>()
            .AddSingleton<Outgoing.EventCourier>()
            .AddSingleton<Pruner>()
            .AddSingleton<UnfinishedWrites>()
            .AddSingleton<LagWatch>()
            .AddSingleton<IReadOnlyList<EngineLoop>>(all => works ? Chores(all) : [all.GetRequiredService<LagWatch>()])
            .AddSingleton<CarillonEngine>()
            .AddScoped<Resend>()
            .AddScoped<Trigger>();
    }

    /// <summary>What runs as long as the process does, beside accepting and committing.</summary>
    private static EngineLoop[] Chores(IServiceProvider all) =>
    [
        all.GetRequiredService<SmallExpander>(),
        all.GetRequiredService<LargeExpander>(),
        all.GetRequiredService<Runner>(),
        all.GetRequiredService<Outgoing.EventCourier>(),
        all.GetRequiredService<Pruner>(),
        all.GetRequiredService<UnfinishedWrites>(),
        all.GetRequiredService<LagWatch>(),
    ];
}
