using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Carillon.Data.Execution;
using Carillon.Data.Outgoing;
using Microsoft.Extensions.Logging;

namespace Carillon.Engine.Outgoing;

/// <summary>
/// Visits endpoints that events wait for, many side by side and each once at a time: one that hangs keeps only its own events waiting,
/// and is left alone for a while.
/// </summary>
public sealed partial class EventCourier : EngineLoop
{
    private const int MostVisits = 64;

    private readonly IEngineStore _store;
    private readonly EndpointVisit _visit;
    private readonly EngineRuntime _engine;
    private readonly ILogger<EventCourier> _logger;
    private readonly ConcurrentDictionary<string, bool> _underWay = [];
    private readonly ConcurrentDictionary<string, (int Silences, DateTimeOffset Until)> _resting = [];
    private CancellationToken _abort;

    public EventCourier(IEngineStore store, EndpointVisit visit, EngineRuntime engine, ILogger<EventCourier> logger) : base(engine, logger)
    {
        (_store, _visit, _engine, _logger) = (store, visit, engine, logger);
        engine.Hints.OutgoingDue += Wake;
    }

    /// <summary>Stops visiting at once, and gives what is on its way a while to arrive.</summary>
    public override async Task RunAsync(CancellationToken stop)
    {
        using var abort = new CancellationTokenSource();
        _abort = abort.Token;
        await base.RunAsync(stop);

        abort.CancelAfter(_engine.Options.DrainTime);
        while (true)
        {
            var changed = _engine.Activity.Changed;
            if (_underWay.IsEmpty) return;

            await changed;
        }
    }

    protected override async Task<TimeSpan> TurnAsync(CancellationToken ct)
    {
        var now = _engine.Clock.GetUtcNow();
        List<DueEndpoint> waiting =
        [
            .. (await _store.DueEndpointsAsync(ct)).Where(one => !_underWay.ContainsKey(one.EndpointId))
                .Select(one => one with { DueAt = Later(one.DueAt, _resting.GetValueOrDefault(one.EndpointId).Until) })
                .OrderBy(one => one.DueAt),
        ];
        var ready = waiting.TakeWhile(one => one.DueAt <= now).Take(MostVisits - _underWay.Count).ToList();
        foreach (var one in ready) Start(one.EndpointId);
        return RestUntil(waiting.Count > ready.Count && ready.Count < MostVisits ? waiting[ready.Count].DueAt : null);
    }

    [SuppressMessage("Design", "CA1031", Justification = "A visit is a boundary: one endpoint's surprise must not touch another's.")]
    private void Start(string endpointId)
    {
        _underWay[endpointId] = true;
        var busy = _engine.Activity.Begin();
        _ = Task.Run(VisitAsync, CancellationToken.None);

        async Task VisitAsync()
        {
            try
            {
                var rest = Persistence.RestAfter(_resting.GetValueOrDefault(endpointId).Silences + 1);
                Note(endpointId, await _visit.RunAsync(endpointId, rest, _abort), rest);
            }
            catch (OperationCanceledException) when (_abort.IsCancellationRequested)
            {
                // What was under way becomes due again when its lease ends.
            }
            catch (Exception failure)
            {
                Log.VisitFailed(_logger, endpointId, failure);
                Note(endpointId, answered: false, Persistence.RestAfter(1));
            }
            finally
            {
                _underWay.TryRemove(endpointId, out _);
                Wake();
                busy.Dispose();
            }
        }
    }

    private void Note(string endpointId, bool? answered, TimeSpan rest)
    {
        if (answered == true) _resting.TryRemove(endpointId, out _);
        if (answered == false) _resting[endpointId] = (_resting.GetValueOrDefault(endpointId).Silences + 1, _engine.Clock.GetUtcNow() + rest);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Endpoint {EndpointId} could not be visited and will be tried again later.")]
        public static partial void VisitFailed(ILogger logger, string endpointId, Exception failure);
    }
}
