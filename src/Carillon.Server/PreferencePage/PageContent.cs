using Carillon.Engine.Preferences;
using Carillon.Server.Http.Views.Preferences;

namespace Carillon.Server.PreferencePage;

/// <summary>What somebody receives now, as their page shows it.</summary>
internal sealed record PageContent
{
    public required string SubscriberId { get; init; }
    public required string? Locale { get; init; }

    /// <summary>Whom the notifications are from.</summary>
    public required string Sender { get; init; }

    /// <summary>Whether anything is received at all, but for what nobody can decline.</summary>
    public required bool IsOn { get; init; }
    public required IReadOnlyList<ChannelChoice> Everywhere { get; init; }
    public required IReadOnlyList<WorkflowChoice> Workflows { get; init; }
}

internal sealed record ChannelChoice(string Channel, bool IsOn);

/// <summary>One kind of notification, whatever was said about all of them together.</summary>
internal sealed record WorkflowChoice(string Id, string Name, string? Description, IReadOnlyList<ChannelChoice> Channels)
{
    /// <summary>Why there is no choice.</summary>
    public required Fixed Fixed { get; init; }

    /// <summary>Whether all of its channels were switched off in one word.</summary>
    public required bool IsSilenced { get; init; }

    public static WorkflowChoice Of(WorkflowPreferences found)
    {
        var silenced = found.Choices.Here is { Enabled: false } && found.Choices.Team is not { ReadOnly: true };
        return new(
            found.Workflow.Id,
            found.Workflow.Name,
            found.Workflow.Description,
            [.. found.Summary.Channels.Select(channel => new ChannelChoice(channel.Key, channel.Value && !silenced))])
        {
            Fixed = found.Workflow.Critical ? Fixed.AlwaysSent : found.Choices.Team is { ReadOnly: true } ? Fixed.ByTheSender : Fixed.No,
            IsSilenced = silenced,
        };
    }
}

internal enum Fixed { No, AlwaysSent, ByTheSender }
