using Carillon.Data.Execution;
using Carillon.Engine.Steps;
using Carillon.Providers;

namespace Carillon.Engine.Running;

/// <summary>
/// Through which integrations a message may go. What one of them may have sent already goes to no other: then somebody could get it
/// twice, which only an operator may choose.
/// </summary>
internal static class Candidates
{
    public static IReadOnlyList<Dispatch> Of(RunWork work, Dispatch dispatch, EngineOptions options)
    {
        if (options.RepeatsElsewhere || PinnedTo(work, dispatch.Key) is not { } integrationId)
            return options.Failover ? [dispatch, .. dispatch.Others()] : [dispatch];

        return new[] { dispatch }.Concat(dispatch.Others()).FirstOrDefault(one => one.Integration.Id == integrationId) is { } pinned
            ? [pinned]
            : [dispatch with { SendAsync = _ => Task.FromResult<SendResult>(NoLongerThere) }];
    }

    /// <summary>Whether the next may be asked after this: it is certain that this one did not take it, and another may.</summary>
    public static bool MayGoOn(SendResult result, EngineOptions options) => result switch
    {
        SendResult.Refused refused => refused.For == RefusedFor.Account,
        SendResult.Unavailable unavailable => !unavailable.MayHaveArrived || options.RepeatsElsewhere,
        _ => false,
    };

    private static SendResult.Refused NoLongerThere { get; } = new("The integration that may have sent it is no longer active");

    private static string? PinnedTo(RunWork work, SendKey key) => work.LinesOfStep
        .Where(line => line.Detail == Detail.ProviderUnavailable && line.Message == key.Ordinal && SendRecord.DeviceIn(line) == key.Device)
        .Select(SendRecord.MayHaveSent)
        .LastOrDefault(integrationId => integrationId is not null);
}
