using Carillon.Data;
using Carillon.Data.Integrations;
using Carillon.Data.Mapping;
using Carillon.Data.Secrets;
using Carillon.Data.Subscribers;
using Carillon.Server.Http.Answers;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Subscribers.Credentials;

/// <summary>Keeps how subscribers are reached, sealed. Saving is the caller's to do.</summary>
internal sealed class ChannelWriter(CarillonDb db, CurrentEnvironment environment, SecretBox box, TimeProvider clock)
{
    public async Task<IReadOnlyDictionary<ChannelAddress, Integration>> FindIntegrationsAsync(
        IReadOnlyList<ChannelFields> channels, CancellationToken ct)
    {
        var addresses = channels.Select(channel => channel.Address).Distinct().ToList();
        if (addresses.Count == 0) return new Dictionary<ChannelAddress, Integration>();

        var providers = addresses.Select(address => address.ProviderId).Distinct().ToList();
        var active = await db.Integrations.AsNoTracking()
            .Where(integration => integration.Active && providers.Contains(integration.ProviderId))
            .OrderByDescending(integration => integration.CreatedAt).ThenByDescending(integration => integration.Id)
            .ToListAsync(ct);

        return (from address in addresses
                let integration = active.FirstOrDefault(candidate => candidate.ProviderId == address.ProviderId
                    && (address.IntegrationIdentifier is null || candidate.Identifier == address.IntegrationIdentifier))
                where integration is not null
                select (address, integration)).ToDictionary(pair => pair.address, pair => pair.integration);
    }

    public Problem NoIntegration(ChannelFields channel) => Problem.BadRequest(NoIntegrationText(channel));

    public string NoIntegrationText(ChannelFields channel) =>
        $"Subscribers environment ({environment.Id}) do not have active {channel.Address.ProviderId} integration.";

    public Task MergeAsync(
        string subscriberId, IReadOnlyList<ChannelFields> channels, IReadOnlyDictionary<ChannelAddress, Integration> integrations, CancellationToken ct) =>
        MergeAsync([(subscriberId, channels)], integrations, ct);

    public async Task MergeAsync(
        IReadOnlyList<(string SubscriberId, IReadOnlyList<ChannelFields> Channels)> wanted,
        IReadOnlyDictionary<ChannelAddress, Integration> integrations,
        CancellationToken ct)
    {
        var reached = wanted.Where(entry => entry.Channels.Count > 0).ToList();
        if (reached.Count == 0) return;

        var ids = reached.Select(entry => entry.SubscriberId).Distinct().ToList();
        var known = await db.SubscriberChannels.Where(channel => ids.Contains(channel.SubscriberId))
            .ToDictionaryAsync(channel => (channel.SubscriberId, channel.IntegrationId), ct);

        foreach (var (subscriberId, channels) in reached)
        {
            foreach (var channel in channels)
            {
                var integration = integrations[channel.Address];
                var row = (subscriberId, integration.Id);
                if (known.TryGetValue(row, out var there)) Overwrite(there, channel, addTokens: true);
                else known[row] = Add(subscriberId, integration, channel);
            }
        }
    }

    public async Task SetAsync(Subscriber subscriber, Integration integration, ChannelFields channel, bool addTokens, CancellationToken ct)
    {
        var known = await db.SubscriberChannels.SingleOrDefaultAsync(
            row => row.SubscriberId == subscriber.Id && row.IntegrationId == integration.Id, ct);
        if (known is null) Add(subscriber.Id, integration, channel);
        else if (!Overwrite(known, channel, addTokens)) return;

        subscriber.UpdatedAt = clock.GetUtcNow();
    }

    private SubscriberChannel Add(string subscriberId, Integration integration, ChannelFields channel)
    {
        var credentials = channel.Credentials with { DeviceTokens = channel.Credentials.DeviceTokens?.Distinct().ToList() };
        var row = new SubscriberChannel
        {
            SubscriberId = subscriberId,
            IntegrationId = integration.Id,
            EnvironmentId = environment.Id,
            ProviderId = integration.ProviderId,
            Cipher = Sealed(JsonColumn.Write(credentials)),
            CreatedAt = clock.GetUtcNow(),
        };
        db.SubscriberChannels.Add(row);
        return row;
    }

    // What is given again stays as it was; a new seal would differ each time.
    private bool Overwrite(SubscriberChannel row, ChannelFields channel, bool addTokens)
    {
        var before = box.Open(Purpose.ChannelCredentials, row.Cipher);
        if (before == JsonColumn.Write(channel.Credentials)) return false;

        var after = JsonColumn.Write(channel.After(JsonColumn.Read<ChannelCredentials>(before), addTokens));
        if (after == before) return false;

        row.Cipher = Sealed(after);
        return true;
    }

    private string Sealed(string credentials) => box.Seal(Purpose.ChannelCredentials, credentials);
}
