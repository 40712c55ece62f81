using Carillon.Data;
using Carillon.Data.Mapping;
using Carillon.Data.Secrets;
using Carillon.Data.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Carillon.Engine.Running;

/// <summary>
/// Takes device tokens that a vendor no longer knows out of their subscribers' channels. It is no part of the run's transaction:
/// what is missed is found dead again by the next push.
/// </summary>
public sealed partial class DeadDevices(Database database, SecretBox secrets, ILogger<DeadDevices> logger)
{
    internal async Task RemoveAsync(RunWork work)
    {
        if (work.DeadDevices.Count == 0) return;

        try
        {
            await using var db = database.Open(work.Run.EnvironmentId);
            foreach (var integration in work.DeadDevices.GroupBy(dead => dead.IntegrationId))
                await RemoveAsync(db, work.Run.SubscriberId, integration.Key, [.. integration.Select(dead => dead.Device)]);
        }
        catch (Exception outage) when (Outage.Is(outage))
        {
            Log.NotRemoved(logger, work.Run.Id, outage);
        }
    }

    private async Task RemoveAsync(CarillonDb db, string subscriberId, string integrationId, HashSet<string> dead)
    {
        var rows = db.SubscriberChannels.Where(row => row.SubscriberId == subscriberId && row.IntegrationId == integrationId);
        if (await rows.Select(row => row.Cipher).SingleOrDefaultAsync() is not { } cipher) return;

        var known = JsonColumn.Read<ChannelCredentials>(secrets.Open(Purpose.ChannelCredentials, cipher));
        var left = known with { DeviceTokens = [.. (known.DeviceTokens ?? []).Where(token => !dead.Contains(token))] };
        var sealedLeft = secrets.Seal(Purpose.ChannelCredentials, JsonColumn.Write(left));

        // Whoever changed the channel meanwhile knows better.
        await rows.Where(row => row.Cipher == cipher).ExecuteUpdateAsync(row => row.SetProperty(channel => channel.Cipher, sealedLeft));
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The dead device tokens that run {RunId} found were not removed.")]
        public static partial void NotRemoved(ILogger logger, string runId, Exception failure);
    }
}
