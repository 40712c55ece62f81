using System.Net.Http.Json;
using System.Reflection;
using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Server.Start;
using Carillon.Tests.Server;
using Carillon.Tests.Server.Events;
using Carillon.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Carillon.Tests.Engine;

/// <summary>An engine is told to stop in the middle of a large event.</summary>
public sealed class OrderlyStopTests
{
    [Fact]
    public async Task What_it_was_expanding_is_due_at_once_and_not_when_its_lease_ends()
    {
        var clock = new FakeTimeProvider(TimeRequests.Start);
        await using var app = await CarillonApp.StartAsync(
            clock: clock,
            services: services => services.AddSingleton(all => Halting.Over(all.GetRequiredService<Database>().OpenEngineStore())),
            settings: ("Carillon:Engine:PageSize", "100"));
        await app.CreateWorkflowAsync("Greet", WorkflowRequests.InApp("Hello"));
        var store = app.Get<IEngineStore>();
        var engine = app.Get<IEnumerable<IHostedService>>().OfType<EngineHost>().Single();

        await app.Api.PostAsJsonAsync("/v1/events/trigger", new { name = "greet", to = Enumerable.Range(0, 450).Select(i => $"s{i}"), payload = new { } });
        await ((Halting)store).Reached;
        var stopping = engine.StopAsync(CancellationToken.None);
        ((Halting)store).GoOn();
        await stopping;

        Assert.Equal(clock.GetUtcNow(), (await store.NextDueAsync(CancellationToken.None)).LargeEvent);
    }

    /// <summary>A store that holds up the second page of the first event.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1852", Justification = "The proxy is made of it at run time.")]
    internal class Halting : DispatchProxy
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private IEngineStore _inner = null!;
        private int _pages;

        public Task Reached => _reached.Task;

        public void GoOn() => _goOn.SetResult();

        public static IEngineStore Over(IEngineStore inner)
        {
            var store = Create<IEngineStore, Halting>();
            ((Halting)(object)store)._inner = inner;
            return store;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.Name == nameof(IEngineStore.CommitPageAsync) && Interlocked.Increment(ref _pages) == 2
                ? CommitLaterAsync((ExpansionPage)args![0]!)
                : targetMethod.Invoke(_inner, args);

        private async Task<IReadOnlySet<string>> CommitLaterAsync(ExpansionPage page)
        {
            _reached.SetResult();
            await _goOn.Task;
            return await _inner.CommitPageAsync(page, CancellationToken.None);
        }
    }
}
