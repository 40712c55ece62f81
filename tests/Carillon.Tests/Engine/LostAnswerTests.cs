using System.Data.Common;
using System.Net.Http.Json;
using System.Reflection;
using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Tests.Server;
using Carillon.Tests.Server.Events;
using Carillon.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Carillon.Tests.Engine;

/// <summary>The database goes away while an event is being expanded, or when a run has been claimed.</summary>
public sealed class LostAnswerTests
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task An_event_goes_on_when_the_database_is_back_and_not_when_its_lease_ends(bool written)
    {
        await using var app = await CarillonApp.StartAsync(services: services => services.AddSingleton(all =>
            Forgetful.Over(all.GetRequiredService<Database>().OpenEngineStore(), nameof(IEngineStore.CommitPageAsync), written)));
        await app.CreateWorkflowAsync("Greet", WorkflowRequests.InApp("Hello"));

        await app.Api.PostAsJsonAsync("/v1/events/trigger", new { name = "greet", to = "ann", payload = new { } });
        await app.SettledAsync();

        Assert.Equal(["Hello"], await app.FeedAsync("ann"));
    }

    [Fact]
    public async Task A_run_whose_event_could_not_be_read_goes_on_when_the_database_is_back()
    {
        await using var app = await CarillonApp.StartAsync(clock: new FakeTimeProvider(TimeRequests.Start), services: services => services.AddSingleton(all =>
            Forgetful.Over(all.GetRequiredService<Database>().OpenEngineStore(), nameof(IEngineStore.EventsAsync))));
        await app.CreateWorkflowAsync("Later", TimeRequests.Delay(TimeRequests.Regular(5, "seconds")), WorkflowRequests.InApp("Hello"));
        await app.SendAsync("later", "t1");

        app.Advance(TimeSpan.FromSeconds(5));
        await app.UntilAsync(() => Task.FromResult(((Forgetful)app.Get<IEngineStore>()).HasFailed));
        await app.PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(["Hello"], await app.FeedAsync("ann"));
        var account = (await app.NotificationAsync("t1")).Jobs().SelectMany(job => job.Account());
        Assert.DoesNotContain("A previous attempt was cut off, its outcome is unknown", account);
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1852", Justification = "The proxy is made of it at run time.")]
    internal class Forgetful : DispatchProxy
    {
        private IEngineStore _inner = null!;
        private string _method = "";
        private bool _written;
        private int _calls;

        public bool HasFailed => Volatile.Read(ref _calls) > 0;

        /// <summary>A store whose first answer to this call never comes; it was <paramref name="written"/> all the same, or it was not.</summary>
        public static IEngineStore Over(IEngineStore inner, string method, bool written = false)
        {
            var store = Create<IEngineStore, Forgetful>();
            var forgetful = (Forgetful)(object)store;
            (forgetful._inner, forgetful._method, forgetful._written) = (inner, method, written);
            return store;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name != _method || Interlocked.Increment(ref _calls) > 1) return targetMethod.Invoke(_inner, args);
            return _written ? LoseAsync((ExpansionPage)args![0]!) : throw new Outage();
        }

        private async Task<IReadOnlySet<string>> LoseAsync(ExpansionPage page)
        {
            await _inner.CommitPageAsync(page, CancellationToken.None);
            throw new Outage();
        }
    }

    private sealed class Outage : DbException
    {
        public override bool IsTransient => true;
    }
}
