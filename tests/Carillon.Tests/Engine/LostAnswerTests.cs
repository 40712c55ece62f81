using System.Data.Common;
using System.Net.Http.Json;
using System.Reflection;
using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Tests.Server;
using Carillon.Tests.Server.Events;
using Carillon.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Carillon.Tests.Engine;

/// <summary>The database goes away while an event is being expanded.</summary>
public sealed class LostAnswerTests
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task An_event_goes_on_when_the_database_is_back_and_not_when_its_lease_ends(bool written)
    {
        await using var app = await CarillonApp.StartAsync(services: services => services.AddSingleton(all =>
            Forgetful.Over(all.GetRequiredService<Database>().OpenEngineStore(), written)));
        await app.CreateWorkflowAsync("Greet", WorkflowRequests.InApp("Hello"));

        await app.Api.PostAsJsonAsync("/v1/events/trigger", new { name = "greet", to = "ann", payload = new { } });
        await app.SettledAsync();

        Assert.Equal(["Hello"], await app.FeedAsync("ann"));
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1852", Justification = "The proxy is made of it at run time.")]
    internal class Forgetful : DispatchProxy
    {
        private IEngineStore _inner = null!;
        private bool _written;
        private int _pages;

        /// <summary>A store of whose first page nobody hears what became of it: it was <paramref name="written"/>, or it was not.</summary>
        public static IEngineStore Over(IEngineStore inner, bool written)
        {
            var store = Create<IEngineStore, Forgetful>();
            ((Forgetful)(object)store)._inner = inner;
            ((Forgetful)(object)store)._written = written;
            return store;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.Name == nameof(IEngineStore.CommitPageAsync) && Interlocked.Increment(ref _pages) == 1
                ? LoseAsync((ExpansionPage)args![0]!)
                : targetMethod.Invoke(_inner, args);

        private async Task<IReadOnlySet<string>> LoseAsync(ExpansionPage page)
        {
            if (_written) await _inner.CommitPageAsync(page, CancellationToken.None);
            throw new Outage();
        }
    }

    private sealed class Outage : DbException
    {
        public override bool IsTransient => true;
    }
}
