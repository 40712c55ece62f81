using System.Text.Json;
using Carillon.Data;
using Carillon.Data.Layouts;
using Carillon.Server.Http.Input;

namespace Carillon.Server.Layouts;

/// <summary>What a client says of a name that a layout looks up.</summary>
internal sealed record VariableRequest(string Name, string? Type, bool? Required, JsonElement? DefaultValue)
{
    public static IReadOnlyList<VariableRequest>? Read(Field variables) =>
        variables.IsNothing ? null : variables.Array().Items(fields => new VariableRequest(
            fields.RequiredString("name"),
            fields.OptionalString("type"),
            fields.OptionalBool("required"),
            fields["defaultValue"].JsonOrNull));

    public LayoutVariable ToVariable(Ids ids) => new(ids.New(), Name, Type, Required ?? false, DefaultValue);
}
