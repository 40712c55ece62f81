using System.Text.Json;
using System.Text.Json.Serialization;
using Carillon.Data;
using Carillon.Data.Changes;
using Carillon.Data.Layouts;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.Recording;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Layouts;

internal sealed class CreateLayout(CarillonDb db, DefaultSwitch defaults, ChangeLog changes, Ids ids, TimeProvider clock)
{
    public sealed record Request(string Name, string Identifier, JsonElement Content) : IRequest<Request>
    {
        public string? Description { get; private init; }
        public IReadOnlyList<VariableRequest> Variables { get; private init; } = [];
        public bool IsDefault { get; private init; }

        public static Request Read(Fields fields)
        {
            var name = fields.RequiredString("name");
            var identifier = LayoutIdentifier.Read(fields["identifier"].Defined()).Text;
            var content = fields["content"].Defined().Json;
            return new(name, identifier, content)
            {
                Description = fields.OptionalString("description"),
                Variables = VariableRequest.Read(fields["variables"]) ?? [],
                IsDefault = fields.OptionalBool("isDefault") ?? false,
            };
        }
    }

    public sealed record View([property: JsonPropertyName("_id")] string Id);

    public static Task<Results<Answer<View>, Problem>> Handle(
        Body<Request> body, Caller caller, CurrentEnvironment environment, CarillonDb db, CreateLayout create, CancellationToken ct) =>
        db.RetryLostRacesAsync(() => create.RunAsync(body.Value, caller, environment.Id, ct));

    private async Task<Results<Answer<View>, Problem>> RunAsync(Request wanted, Caller caller, string environmentId, CancellationToken ct)
    {
        if (wanted.Content.ValueKind != JsonValueKind.String) return Problem.BadRequest(["content must be a string"]);
        if (LayoutContent.ProblemWith(wanted.Content.GetString()!) is { } problem) return problem;
        if (await db.Layouts.AnyAsync(layout => layout.Identifier == wanted.Identifier, ct))
            return LayoutView.Taken(wanted.Identifier, environmentId);

        await using var creation = await db.Database.BeginTransactionAsync(ct);
        var layout = Make(wanted, caller, environmentId);
        db.Add(layout);
        if (wanted.IsDefault)
        {
            await db.SaveChangesAsync(ct);
            await defaults.MoveToAsync(layout, layout.CreatedAt, ct);
        }
        else
        {
            await changes.RecordAsync(new Note(ChangeType.Layout, layout.Id, LayoutView.InChange(layout)), ct);
        }

        await db.SaveChangesAsync(ct);
        await creation.CommitAsync(ct);
        return Answer.Of(new View(layout.Id));
    }

    private Layout Make(Request wanted, Caller caller, string environmentId)
    {
        var (content, now) = (wanted.Content.GetString()!, clock.GetUtcNow());
        return new()
        {
            Id = ids.New(),
            EnvironmentId = environmentId,
            OrganizationId = caller.OrganizationId,
            CreatorId = caller.UserId,
            Name = wanted.Name,
            Identifier = wanted.Identifier,
            Description = wanted.Description,
            Content = content,
            Variables = LayoutContent.VariablesOf(content, wanted.Variables, ids),
            CreatedAt = now,
            UpdatedAt = now,
        };
    }
}
