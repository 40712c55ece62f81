using System.Text.Json;
using Carillon.Data.Execution;
using Carillon.Data.Layouts;
using Carillon.Engine.Running;

namespace Carillon.Engine.Steps.Email;

/// <summary>The layout of a mail: the one that the caller names, or the one of its step.</summary>
internal static class MailLayout
{
    private const string Override = "layoutIdentifier";

    /// <summary>What the caller names, for all mails of the event.</summary>
    public static string? IdentifierIn(EventContent content) =>
        content.Overrides is { ValueKind: JsonValueKind.Object } overrides
        && overrides.TryGetProperty(Override, out var identifier) && identifier.ValueKind == JsonValueKind.String
        && identifier.GetString() is { Length: > 0 } named
            ? named
            : null;

    /// <summary>What the caller names in vain.</summary>
    public static string? MissingIn(RunSubject subject) =>
        IdentifierIn(subject.Content) is { } named && ByIdentifier(subject, named) is null ? named : null;

    /// <summary>Null where a mail has none of its own, which is also so when it has been deleted in the meantime.</summary>
    public static Layout? Of(RunWork work) => IdentifierIn(work.Subject.Content) is { } named
        ? ByIdentifier(work.Subject, named)
        : work.Subject.About.References.Layouts.FirstOrDefault(layout => layout.Id == work.Step.Template.LayoutId);

    private static Layout? ByIdentifier(RunSubject subject, string identifier) =>
        subject.About.References.Layouts.FirstOrDefault(layout => layout.Identifier == identifier);
}
