using Carillon.Data.Execution;
using Carillon.Data.Integrations;
using Carillon.Data.Subscribers;
using Carillon.Engine.Running;

namespace Carillon.Engine.Steps.Chat;

/// <summary>One of a subscriber's chats that the step writes to. <paramref name="IsNew"/> where no earlier turn came to it.</summary>
internal sealed record ChatTarget(int Ordinal, SubscriberChannel Channel, Integration Integration, bool IsNew);

/// <summary>
/// Gives each chat its number. A chat keeps the one it got in an earlier turn, whatever the subscriber connected or
/// disconnected since: by it the engine knows what was sent already.
/// </summary>
internal static class ChatTargets
{
    public static IReadOnlyList<ChatTarget> Of(RunWork work, IEnumerable<(SubscriberChannel Channel, Integration Integration)> chats)
    {
        var before = SelectedBefore(work);
        var next = before.Count == 0 ? 0 : before.Values.Max() + 1;
        List<ChatTarget> targets = [];
        foreach (var (channel, integration) in chats)
        {
            var isKnown = before.TryGetValue(integration.Id, out var known);
            if (!isKnown && next == RunIds.MessagesPerStep) continue;

            targets.Add(new(isKnown ? known : next++, channel, integration, !isKnown));
        }

        return targets;
    }

    private static Dictionary<string, int> SelectedBefore(RunWork work) => Trace.Read(work.Run.Trace)
        .Where(line => line.Step == work.Run.Step && line is { Detail: Detail.IntegrationSelected, Raw: not null, Message: not null })
        .ToDictionary(line => SelectedIntegration.IdIn(line.Raw!), line => line.Message!.Value);
}
