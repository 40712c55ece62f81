using System.Text.Json;
using Carillon.Data.Mapping;

namespace Carillon.Server.Http.Views;

/// <summary>Who or what an inbox item is from: a person's avatar, an icon, an image.</summary>
internal sealed record Actor(string Type, string? Data)
{
    private const string None = "none";
    private const string User = "user";

    public static Actor? Of(JsonElement? template, Person? person) =>
        template is { ValueKind: JsonValueKind.Object } given && given.Deserialize<Actor>(JsonColumn.Options) is { Type: not (null or None) } actor
            ? actor.Type == User ? actor with { Data = person?.Avatar } : actor
            : null;
}
