using Carillon.Data;
using Carillon.Data.Outgoing;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Outlets;

/// <summary>Changes what is sent and leaves the rest. Switching on forgets why it was off.</summary>
internal static class UpdateEndpoint
{
    public sealed record Request(string? Url, string? Description, IReadOnlyList<string>? Types, bool? Enabled) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(
            fields["url"].Optional() is { IsNothing: false } url ? EndpointFields.Url(url) : null,
            EndpointFields.Description(fields),
            EndpointFields.Types(fields),
            fields.OptionalBool("enabled"));
    }

    public static async Task<Results<Answer<EndpointView>, Problem>> Handle(
        MongoId endpointId, Body<Request> body, CarillonDb db, CurrentEnvironment environment, TimeProvider clock, CancellationToken ct)
    {
        var wanted = body.Value;
        await using var change = await db.Database.BeginTransactionAsync(ct);
        await db.HoldEndpointsAsync(environment.Id, ct);
        if (await db.EventEndpoints.SingleOrDefaultAsync(one => one.Id == endpointId.Text, ct) is not { } endpoint)
            return GetEndpoint.Unknown(endpointId);

        endpoint.Url = wanted.Url ?? endpoint.Url;
        endpoint.Description = wanted.Description ?? endpoint.Description;
        endpoint.Types = wanted.Types ?? endpoint.Types;
        if (wanted.Enabled is { } enabled) (endpoint.Enabled, endpoint.DisabledReason, endpoint.FailingSince) = (enabled, null, null);
        endpoint.UpdatedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(ct);
        await db.EndEndpointsAsync(environment.Id, ct);
        await change.CommitAsync(ct);
        return Answer.Of(EndpointView.Of(endpoint));
    }
}
