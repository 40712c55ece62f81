using System.Text.Json.Serialization;
using Carillon.Data.Preferences;
using Carillon.Data.Workflows;

namespace Carillon.Server.Preferences;

/// <summary>What was decided: of the workflow as a whole, and of each channel.</summary>
internal sealed record PreferencesView(PreferencesView.Whole All, OrderedDictionary<string, PreferencesView.One> Channels)
{
    public static PreferencesView Of(WorkflowPreference decided) => new(
        new(decided.Enabled, decided.ReadOnly),
        new(ChannelSwitches.Names.Select(channel => KeyValuePair.Create(channel, new One(decided.Channels.Allows(channel))))));

    internal sealed record Whole(bool Enabled, bool ReadOnly);

    internal sealed record One(bool Enabled);
}

/// <summary>The decision as a row of its own.</summary>
internal sealed record WorkflowPreferenceRow
{
    public const string Kind = "USER_WORKFLOW";

    [JsonPropertyName("_id")]
    public required string ObjectId { get; init; }

    [JsonPropertyName("_environmentId")]
    public required string EnvironmentId { get; init; }

    [JsonPropertyName("_organizationId")]
    public required string OrganizationId { get; init; }

    [JsonPropertyName("_userId")]
    public required string UserId { get; init; }

    [JsonPropertyName("_templateId")]
    public required string WorkflowId { get; init; }
    public string Type { get; } = Kind;
    public required PreferencesView Preferences { get; init; }
    public bool Deleted { get; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    [JsonPropertyName("__v")]
    public int Revision { get; }
    public string Id => ObjectId;

    public static WorkflowPreferenceRow Of(WorkflowPreference decided) => new()
    {
        ObjectId = decided.Id,
        EnvironmentId = decided.EnvironmentId,
        OrganizationId = decided.OrganizationId,
        UserId = decided.UserId,
        WorkflowId = decided.WorkflowId,
        Preferences = PreferencesView.Of(decided),
        CreatedAt = decided.CreatedAt,
        UpdatedAt = decided.UpdatedAt,
    };
}
