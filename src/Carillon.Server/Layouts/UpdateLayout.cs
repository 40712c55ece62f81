using System.Text.Json;
using Carillon.Data;
using Carillon.Data.Changes;
using Carillon.Data.Layouts;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.Recording;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Layouts;

/// <summary>Changes what is sent. Nothing is emptied: an empty text counts as not sent.</summary>
internal sealed class UpdateLayout(CarillonDb db, DefaultSwitch defaults, ChangeLog changes, Ids ids, TimeProvider clock)
{
    public sealed record Request : IRequest<Request>
    {
        public bool IsEmpty { get; private init; }
        public string? Name { get; private init; }
        public string? Identifier { get; private init; }
        public string? Description { get; private init; }
        public JsonElement? Content { get; private init; }
        public IReadOnlyList<VariableRequest>? Variables { get; private init; }
        public bool? IsDefault { get; private init; }

        public static Request Read(Fields fields) => new()
        {
            Name = Given(fields.OptionalString("name")),
            Identifier = Given(LayoutIdentifier.Read(fields["identifier"].Optional()).TextOrNull),
            Description = Given(fields.OptionalString("description")),
            Content = fields["content"].JsonOrNull,
            Variables = VariableRequest.Read(fields["variables"]),
            IsDefault = fields.OptionalBool("isDefault"),
            IsEmpty = fields.Content.ValueKind == JsonValueKind.Object && !fields.Content.EnumerateObject().Any(),
        };

        private static string? Given(string? text) => text is { Length: > 0 } ? text : null;
    }

    public static Task<Results<Answer<LayoutView>, Problem>> Handle(
        MongoId layoutId, Body<Request> body, CurrentEnvironment environment, CarillonDb db, UpdateLayout update, CancellationToken ct) =>
        db.RetryLostRacesAsync(() => update.RunAsync(layoutId, body.Value, environment.Id, ct));

    private async Task<Results<Answer<LayoutView>, Problem>> RunAsync(string id, Request wanted, string environmentId, CancellationToken ct)
    {
        if (wanted.IsEmpty) return Problem.BadRequest("Payload can not be empty");
        if (wanted.Content is { ValueKind: not JsonValueKind.String }) return Problem.BadRequest(["content must be a string"]);

        await using var change = await db.Database.BeginTransactionAsync(ct);
        if (await db.HoldLayoutAsync(id, ct) is not { } layout) return LayoutView.NotFound(id, environmentId);
        if (wanted.IsDefault == false && layout.IsDefault) return Problem.Conflict("One default layout is required");

        var content = wanted.Content?.GetString() is { Length: > 0 } given ? given : null;
        if (content is not null && LayoutContent.ProblemWith(content) is { } problem) return problem;
        if (await db.Layouts.AnyAsync(other => other.Identifier == wanted.Identifier && other.Id != id, ct))
            return LayoutView.Taken(wanted.Identifier!, environmentId);

        await ApplyAsync(wanted, content, layout, ct);
        await db.SaveChangesAsync(ct);
        await change.CommitAsync(ct);
        return Answer.Of(LayoutView.Of(layout));
    }

    private Task ApplyAsync(Request wanted, string? content, Layout layout, CancellationToken ct)
    {
        layout.Name = wanted.Name ?? layout.Name;
        layout.Identifier = wanted.Identifier ?? layout.Identifier;
        layout.Description = wanted.Description ?? layout.Description;
        layout.Content = content ?? layout.Content;
        if (wanted.Variables is { } variables) layout.Variables = [.. variables.Select(variable => variable.ToVariable(ids))];
        layout.UpdatedAt = clock.GetUtcNow();

        return wanted.IsDefault == true && !layout.IsDefault
            ? defaults.MoveToAsync(layout, layout.UpdatedAt, ct)
            : changes.RecordAsync(new Note(ChangeType.Layout, layout.Id, LayoutView.InChange(layout)), ct);
    }
}
