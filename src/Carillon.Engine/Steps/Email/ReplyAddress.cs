using System.Text.Json;
using Carillon.Data.Environments;
using Carillon.Data.Execution;
using Carillon.Engine.Emails;
using Carillon.Engine.Running;

namespace Carillon.Engine.Steps.Email;

/// <summary>
/// Where answers to a mail go whose step wants to hear of them. A mail whose answers nobody would hear of is sent all the same, and
/// the trace says what is missing.
/// </summary>
internal static class ReplyAddress
{
    /// <summary>Null where the step wants no answers, or none would arrive.</summary>
    public static string? Of(RunWork work, ReplyAddresses addresses)
    {
        if (work.Step.ReplyCallback is not { ValueKind: JsonValueKind.Object } callback || !IsActive(callback)) return null;
        if (Missing(work.Subject.Environment.Settings, callback) is { } missing)
        {
            work.NoteOnce(missing);
            return null;
        }

        return addresses.Of(work.MessageId(), work.Subject.Environment.Settings.InboundParseDomain!);
    }

    private static Detail? Missing(EnvironmentSettings settings, JsonElement callback) =>
        !callback.TryGetProperty("url", out var url) || url.ValueKind != JsonValueKind.String || url.GetString()!.Length == 0
            ? Detail.ReplyWithoutUrl
            : settings switch
            {
                { InboundParseDomain: null, MxRecordConfigured: false } => Detail.ReplyNotConfigured,
                { MxRecordConfigured: false } => Detail.ReplyWithoutMxRecord,
                { InboundParseDomain: null } => Detail.ReplyWithoutDomain,
                _ => null,
            };

    private static bool IsActive(JsonElement callback) => callback.TryGetProperty("active", out var active) && active.ValueKind == JsonValueKind.True;
}
