namespace Carillon.Engine.Triggering;

/// <summary>How far the walk over an event's recipients has come: first those named, then topic by topic, then everybody.</summary>
internal sealed record EventCursor(int Named = 0, int Topic = 0, string After = "");
