using Carillon.Data;
using Carillon.Data.Environments;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Browsers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Environments;

/// <summary>Changes an environment of the caller's organization. What is left out stays as it is, and so does the name when it is
/// empty; an empty address, domain or time zone is taken away.</summary>
internal static class UpdateEnvironment
{
    private const int LongestIdentifier = 100;

    private const int MostOrigins = 100;

    public sealed record Request(string? Name, string? Identifier, string? ParentId, string? InboundParseDomain, string? BridgeUrl) : IRequest<Request>
    {
        public string? Timezone { get; private init; }
        public bool? Sandbox { get; private init; }
        public IReadOnlyList<string>? InboxOrigins { get; private init; }

        public static Request Read(Fields fields) => new(
            fields.OptionalString("name"),
            fields["identifier"].Optional().String().MinLength(1).MaxLength(LongestIdentifier).TextOrNull,
            fields.OptionalMongoId("parentId")?.ToLowerInvariant(),
            TextIn(fields, "dns", "inboundParseDomain"),
            TextIn(fields, "bridge", "url"))
        {
            Timezone = fields["timezone"].TextOrNull is "" ? "" : fields.OptionalTimezone("timezone"),
            Sandbox = fields.OptionalBool("sandbox"),
            InboxOrigins = fields["widget"].Optional().Nested(widget => new Part<IReadOnlyList<string>>(OriginsIn(widget)))?.Content,
        };

        private static string? TextIn(Fields fields, string name, string member) =>
            fields[name].Optional().Nested(part => new Part<string>(part.OptionalString(member)))?.Content;

        private static IReadOnlyList<string>? OriginsIn(Fields widget)
        {
            var origins = widget["allowedOrigins"].Optional().ArrayMaxSize(MostOrigins).EachString().Array();
            return origins
                .Must(origins.Texts.All(PageOrigin.Is), "each value in widget.allowedOrigins must be an origin such as https://app.example.com")
                .TextsOrNull;
        }

        private sealed record Part<T>(T? Content)
            where T : class;
    }

    public sealed record View(int Matched, int Modified);

    public static async Task<Results<Answer<View>, Problem>> Handle(
        MongoId environmentId, Body<Request> body, Caller caller, CarillonDb db, TimeProvider clock, CancellationToken ct)
    {
        var environments = await db.Environments.Where(found => found.OrganizationId == caller.OrganizationId).ToListAsync(ct);
        if (environments.SingleOrDefault(found => found.Id == environmentId.Text) is not { } environment) return Answer.Of(new View(0, 0));
        if (body.Value.ParentId is { } parentId && ProblemWithParent(environment, parentId, environments) is { } problem) return problem;

        Change(environment, body.Value, clock.GetUtcNow());
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (UniqueViolation.Is(e))
        {
            return body.Value.ParentId is { } taken && await db.Environments.AnyAsync(other => other.ParentId == taken && other.Id != environment.Id, ct)
                ? HasChild(taken)
                : Problem.Conflict("Environment with identifier already exists");
        }

        return Answer.Of(new View(1, 1));
    }

    // What is published to cannot itself be published from, so there are never more than two levels, and no circle.
    private static Problem? ProblemWithParent(AppEnvironment environment, string parentId, IReadOnlyList<AppEnvironment> environments)
    {
        if (environments.SingleOrDefault(found => found.Id == parentId) is not { } parent) return Problem.NotFound($"Environment {parentId} not found");

        if (environments.Any(found => found.ParentId == parentId && found.Id != environment.Id)) return HasChild(parentId);

        return parent.ParentId is not null || parent.Id == environment.Id || environments.Any(found => found.ParentId == environment.Id)
            ? Problem.BadRequest("An environment's parent must be another one that has no parent, and an environment with children cannot have one")
            : null;
    }

    private static Problem HasChild(string parentId) => Problem.BadRequest($"Environment {parentId} is published to another one already");

    private static void Change(AppEnvironment environment, Request wanted, DateTimeOffset now)
    {
        if (!string.IsNullOrEmpty(wanted.Name)) environment.Name = wanted.Name;
        environment.Identifier = wanted.Identifier ?? environment.Identifier;
        environment.ParentId = wanted.ParentId ?? environment.ParentId;
        environment.Settings = With(environment.Settings, wanted);
        environment.UpdatedAt = now;
    }

    private static EnvironmentSettings With(EnvironmentSettings settings, Request wanted)
    {
        if (wanted.BridgeUrl is not null) settings = settings with { BridgeUrl = NullIfEmpty(wanted.BridgeUrl) };
        if (wanted.Timezone is not null) settings = settings with { Timezone = NullIfEmpty(wanted.Timezone) };
        if (wanted.InboxOrigins is { } origins) settings = settings with { InboxOrigins = origins.Count == 0 ? null : origins };
        if (wanted.InboundParseDomain is not null && NullIfEmpty(wanted.InboundParseDomain) != settings.InboundParseDomain)
            settings = settings with { InboundParseDomain = NullIfEmpty(wanted.InboundParseDomain), MxRecordConfigured = false };
        return settings with { Sandbox = wanted.Sandbox ?? settings.Sandbox };
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
