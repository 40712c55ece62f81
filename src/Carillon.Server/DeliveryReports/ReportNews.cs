using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Data.Outgoing;
using Carillon.Providers.Reports;
using Carillon.Server.Http.Recording;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.DeliveryReports;

/// <summary>What endpoints are told of reports: that a message arrived, or did not, and that somebody wants no more.</summary>
internal sealed class ReportNews(CarillonDb db, Outbox outbox)
{
    private static readonly string[] Told = [EventTypes.MessageDelivered, EventTypes.MessageFailed, EventTypes.PreferenceChanged];

    public async Task<IReadOnlyList<IncomingReport>> AddAsync(IReadOnlyList<IncomingReport> reports, CancellationToken ct)
    {
        var isWanted = false;
        foreach (var type in Told) isWanted |= await outbox.WantsAsync(type, ct);
        if (!isWanted) return reports;

        var (people, workflows) = (reports.Select(one => one.Message.SubscriberId).Distinct().ToList(), reports.Select(one => one.Message.WorkflowId).Distinct().ToList());
        var names = await db.Subscribers.Where(one => people.Contains(one.Id)).ToDictionaryAsync(one => one.Id, one => one.ExternalId, ct);
        var identifiers = await db.Workflows.Where(one => workflows.Contains(one.Id)).ToDictionaryAsync(one => one.Id, one => one.Identifier, ct);

        List<IncomingReport> told = [];
        foreach (var one in reports)
        {
            var (who, workflow) = (names.GetValueOrDefault(one.Message.SubscriberId), identifiers.GetValueOrDefault(one.Message.WorkflowId));
            told.Add(one with { News = await OfAsync(one, who, workflow, ct) });
        }

        return told;
    }

    private async Task<IReadOnlyList<OutgoingEvent>> OfAsync(IncomingReport one, string? subscriberId, string? workflow, CancellationToken ct)
    {
        var (message, status) = (one.Message, (DeliveryStatus)one.Report.Status);
        List<OutgoingEvent> news = [];
        if (TypeOf(status) is { } type)
        {
            news.AddRange(await outbox.MakeAsync(
                type,
                () => new
                {
                    id = message.Id,
                    notificationId = message.RunId,
                    subscriberId,
                    workflow,
                    message.Channel,
                    one.Report.ProviderId,
                    message.Identifier,
                    deliveryStatus = status.WireName,
                    one.Report.Response,
                },
                ct));
        }

        if (one.IsRefusal)
        {
            news.AddRange(await outbox.MakeAsync(
                EventTypes.PreferenceChanged,
                () => new { subscriberId, workflow, channels = new Dictionary<string, bool> { [message.Channel] = false } },
                ct));
        }

        return news;
    }

    private static string? TypeOf(DeliveryStatus status) => status switch
    {
        DeliveryStatus.Delivered => EventTypes.MessageDelivered,
        { IsFailure: true } => EventTypes.MessageFailed,
        _ => null,
    };
}
