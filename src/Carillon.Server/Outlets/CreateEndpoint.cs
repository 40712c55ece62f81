using Carillon.Data;
using Carillon.Data.Outgoing;
using Carillon.Data.Secrets;
using Carillon.Engine.Outgoing;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Outlets;

internal static class CreateEndpoint
{
    // Every event is a row for each of them.
    private const int Most = 50;

    public sealed record Request(string Url, string? Description, IReadOnlyList<string> Types, bool Enabled) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(
            EndpointFields.Url(fields["url"].Defined()),
            EndpointFields.Description(fields),
            EndpointFields.Types(fields) ?? [],
            fields.OptionalBool("enabled") ?? true);
    }

    public static async Task<Results<Answer<EndpointView>, Problem>> Handle(
        Body<Request> body, CarillonDb db, CurrentEnvironment environment, SecretBox box, Ids ids, TimeProvider clock, CancellationToken ct)
    {
        var (wanted, secret, now) = (body.Value, EndpointSecret.New(), clock.GetUtcNow());
        await using var change = await db.Database.BeginTransactionAsync(ct);
        await db.HoldEndpointsAsync(environment.Id, ct);
        if (await db.EventEndpoints.CountAsync(ct) >= Most) return Problem.BadRequest($"An environment has at most {Most} endpoints");

        var endpoint = new EventEndpoint
        {
            Id = ids.New(),
            EnvironmentId = environment.Id,
            Url = wanted.Url,
            Description = wanted.Description,
            Types = wanted.Types,
            Cipher = box.Seal([secret]),
            Enabled = wanted.Enabled,
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.Add(endpoint);
        await db.SaveChangesAsync(ct);
        await db.EndEndpointsAsync(environment.Id, ct);
        await change.CommitAsync(ct);
        return Answer.Of(EndpointView.Of(endpoint) with { Secret = secret.Secret });
    }
}
