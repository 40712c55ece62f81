using Carillon.Data.Execution;
using Carillon.Data.Integrations;
using Carillon.Data.Mapping;
using Carillon.Data.Secrets;
using Carillon.Data.Subscribers;
using Carillon.Engine.Running;

namespace Carillon.Engine.Steps;

/// <summary>One of a subscriber's chats or apps that the step sends to. <paramref name="IsNew"/> where no earlier turn came to it.</summary>
internal sealed record ChannelTarget(int Ordinal, ChannelCredentials Credentials, Integration Integration, bool IsNew);

/// <summary>
/// Gives each channel its number. A channel keeps the one it got in an earlier turn, whatever the subscriber connected or
/// disconnected since: by it the engine knows what was sent already.
/// </summary>
internal static class ChannelTargets
{
    public static IReadOnlyList<ChannelTarget> Of(RunWork work, IEnumerable<(ChannelCredentials Credentials, Integration Integration)> channels)
    {
        var before = SelectedBefore(work);
        var next = before.Count == 0 ? 0 : before.Values.Max() + 1;
        List<ChannelTarget> targets = [];
        foreach (var (credentials, integration) in channels)
        {
            var isKnown = before.TryGetValue(integration.Id, out var known);
            if (!isKnown && next == RunIds.MessagesPerStep) continue;

            targets.Add(new(isKnown ? known : next++, credentials, integration, !isKnown));
        }

        return targets;
    }

    /// <summary>Those whose integration is active, with what was sealed; of the others the trace says so.</summary>
    public static IReadOnlyList<(ChannelCredentials Credentials, Integration Integration)> Usable(
        RunWork work, IEnumerable<SubscriberChannel> channels, SecretBox secrets)
    {
        List<(ChannelCredentials, Integration)> usable = [];
        foreach (var channel in channels)
        {
            if (work.Subject.Environment.ById(channel.IntegrationId) is { } integration)
                usable.Add((JsonColumn.Read<ChannelCredentials>(secrets.Open(Purpose.ChannelCredentials, channel.Cipher)), integration));
            else
                work.NoteOnce(Detail.NoActiveIntegration, JsonColumn.Write(new { reason = $"integration {channel.IntegrationId} is not active" }), channel.ProviderId);
        }

        return usable;
    }

    private static Dictionary<string, int> SelectedBefore(RunWork work) => Trace.Read(work.Run.Trace)
        .Where(line => line.Step == work.Run.Step && line is { Detail: Detail.IntegrationSelected, Raw: not null, Message: not null })
        .ToDictionary(line => SelectedIntegration.IdIn(line.Raw!), line => line.Message!.Value);
}
