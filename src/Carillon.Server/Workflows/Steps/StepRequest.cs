using System.Text.Json;
using Carillon.Server.Http.Conditions;
using Carillon.Server.Http.Input;

namespace Carillon.Server.Workflows.Steps;

/// <summary>One step as a client sends it; a variant has the same shape.</summary>
internal sealed record StepRequest
{
    private const int DeepestVariant = 1;

    /// <summary>The step this one replaces in an update; absent for a new one.</summary>
    public string? Id { get; private init; }
    public string? Uuid { get; private init; }
    public string? Name { get; private init; }
    public bool Active { get; private init; } = true;
    public bool ShouldStopOnFail { get; private init; }
    public JsonElement? Filters { get; private init; }
    public JsonElement? Metadata { get; private init; }
    public JsonElement? ReplyCallback { get; private init; }
    public TemplateRequest? Template { get; private init; }
    public IReadOnlyList<StepRequest> Variants { get; private init; } = [];

    public static StepRequest Read(Fields fields) => Read(fields, depth: 0);

    // Variants have none of their own: a client cannot make us read a tree of any depth.
    private static StepRequest Read(Fields fields, int depth)
    {
        var id = fields.OptionalString("_id");
        return new()
        {
            Id = fields.OptionalString("_templateId") ?? id,
            Uuid = fields.OptionalString("uuid"),
            Name = fields.OptionalString("name"),
            Active = fields.OptionalBool("active") ?? true,
            ShouldStopOnFail = fields.OptionalBool("shouldStopOnFail") ?? false,
            Filters = ConditionFields.Read(fields["filters"]),
            Metadata = StepMetadata.Read(fields),
            ReplyCallback = ReadReply(fields),
            Template = fields["template"].Nested(TemplateRequest.Read),
            Variants = depth == DeepestVariant ? [] : fields["variants"].Optional().Array().Items(variant => Read(variant, depth + 1)),
        };
    }

    private static JsonElement? ReadReply(Fields fields)
    {
        if (fields.OptionalObject("replyCallback") is not { ValueKind: JsonValueKind.Object } callback) return null;

        fields["replyCallback"].Checked(given =>
        {
            given.OptionalBool("active");
            given.OptionalString("url");
        });
        return callback;
    }
}
