using System.Net.Mime;
using System.Text.Unicode;
using Carillon.Data;
using Carillon.Providers.Http;
using Carillon.Providers.Reports;
using Carillon.Server.Http;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Carillon.Server.DeliveryReports;

/// <summary>Takes what a vendor says became of messages, once it is known to be the vendor.</summary>
internal sealed class ReceiveReports(ReportSenders senders, ReportWriter writer, ReportAddresses addresses, OutboundHttp http)
{
    public static async Task<Results<Unwrapped<IReadOnlyList<ReportView>>, Problem>> Handle(
        MongoId organizationId, MongoId environmentId, string channel, string providerOrIntegrationId,
        HttpContext context, CurrentEnvironment environment, ReceiveReports receive, CancellationToken ct)
    {
        // The address says for which environment it is; from here on nothing else is seen.
        environment.Enter(environmentId.Text.ToLowerInvariant());
        var (said, problem) = await receive.RunAsync(organizationId.Text.ToLowerInvariant(), channel, providerOrIntegrationId, context, ct);
        return problem is null ? new Unwrapped<IReadOnlyList<ReportView>>(said) : problem;
    }

    private async Task<(IReadOnlyList<ReportView> Said, Problem? Problem)> RunAsync(
        string organizationId, string channel, string name, HttpContext context, CancellationToken ct)
    {
        var (asked, unreadable) = await ReadAsync(context);
        if (asked is null) return ([], unreadable);

        var (known, stranger) = await senders.FindAsync(organizationId, channel, name, ct);
        return known is null ? ([], stranger) : await TakeAsync(known, asked, context, ct);
    }

    private async Task<(IReadOnlyList<ReportView> Said, Problem? Problem)> TakeAsync(
        ReportSource source, ReportRequest asked, HttpContext context, CancellationToken ct)
    {
        if (source.Reports.Echoes is { } echoed && asked.Header(echoed) is { } word) context.Response.Headers[echoed] = word;

        // Who says nothing proves nothing: vendors try an address before they use it.
        var (reports, confirmation) = (source.Reports.Read(asked), source.Reports.Confirmation(asked));
        if (reports.Count == 0 && confirmation is null) return ([], null);

        var token = context.Request.Query[ReportRequest.TokenName].ToString();
        var (integration, refusal) = await senders.WhoSaysAsync(source, asked, token, ct);
        if (integration is null) return ([], refusal);
        if (confirmation is not null) return ([], await ConfirmAsync(confirmation, ct));

        return (await writer.WriteAsync(integration, reports, ct), null);
    }

    private async Task<Problem?> ConfirmAsync(Uri address, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        return await http.SendAsync(request, OutboundLimits.Default, ct) is OutboundResult.Answer { IsSuccess: true }
            ? null
            : Problem.Unavailable("The subscription could not be confirmed", 30);
    }

    private async Task<(ReportRequest? Asked, Problem? Problem)> ReadAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context);
        if (body.Problem is { } problem) return (null, problem);
        if (!Utf8.IsValid(body.Bytes.Span)) return (null, Problem.BadRequest("The body is not valid UTF-8"));

        var isForm = MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            && type.MatchesMediaType(MediaTypeNames.Application.FormUrlEncoded);
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var asked = new ReportRequest(addresses.Asked(context.Request), isForm, body.Bytes, headers);
        return isForm || asked.Json is not { } json || BadText.FirstIn(json) is not { } fault ? (asked, null) : (null, Problem.BadRequest(fault));
    }
}
