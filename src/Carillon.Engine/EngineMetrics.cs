using System.Diagnostics.Metrics;
using Carillon.Data.Execution;
using Carillon.Providers;

namespace Carillon.Engine;

/// <summary>What the engine counts of itself, under the meter <c>Carillon.Engine</c>. Costs nothing worth mentioning while nobody listens.</summary>
public sealed class EngineMetrics : IDisposable
{
    public const string MeterName = "Carillon.Engine";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _events;
    private readonly Counter<long> _runs;
    private readonly Counter<long> _sends;
    private readonly Histogram<long> _commits;
    private readonly Histogram<long> _claims;
    private double _lag;

    public EngineMetrics()
    {
        _events = _meter.CreateCounter<long>("carillon.events.accepted", "{event}", "Trigger calls that were committed.");
        _runs = _meter.CreateCounter<long>("carillon.runs.created", "{run}", "Runs that were made: one for each recipient of an event.");
        _sends = _meter.CreateCounter<long>("carillon.sends", "{send}", "Calls to providers, by provider and outcome.");
        _commits = _meter.CreateHistogram<long>("carillon.commit.size", "{row}", "What shared one transaction, by kind: events, or runs.");
        _claims = _meter.CreateHistogram<long>("carillon.claim.size", "{run}", "Runs taken on at once.");
        _meter.CreateObservableGauge("carillon.lag", () => _lag, "s", "How long the most overdue work has been due.");
    }

    internal void Accepted(IReadOnlyCollection<bool> isNew)
    {
        _events.Add(isNew.Count(one => one));
        _commits.Record(isNew.Count, new KeyValuePair<string, object?>("kind", "events"));
    }

    internal void Expanded(int runs) => _runs.Add(runs);

    internal void Claimed(int runs) => _claims.Record(runs);

    internal void Committed(int runs) => _commits.Record(runs, new KeyValuePair<string, object?>("kind", "runs"));

    internal void Called(string providerId, SendResult result) => _sends.Add(
        1,
        new KeyValuePair<string, object?>("provider", providerId),
        new KeyValuePair<string, object?>("outcome", result.GetType().Name.ToLowerInvariant()));

    /// <summary>Notes how far behind the engine is; what is due in the future is not late.</summary>
    internal void Looked(NextDue next, DateTimeOffset now) => _lag = next.LagAt(now).TotalSeconds;

    public void Dispose() => _meter.Dispose();
}
