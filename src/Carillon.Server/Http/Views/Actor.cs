using System.Text.Json;
using Carillon.Data.Mapping;
using Carillon.Engine.Steps.InApp;

namespace Carillon.Server.Http.Views;

/// <summary>Who or what an inbox item is from: a person's avatar, an icon, an image.</summary>
internal sealed record Actor(string Type, string? Data)
{
    private const string None = "none";
    private const string User = "user";

    public static Actor? Of(JsonElement? template, Person? person) =>
        template is { ValueKind: JsonValueKind.Object } given && given.Deserialize<Actor>(JsonColumn.Options) is { Type: not (null or None) } actor
            ? actor with { Data = actor.Type == User ? person?.Avatar : SafeLink.OrNull(actor.Data) }
            : null;
}
