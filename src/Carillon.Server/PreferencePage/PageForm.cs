using System.Text.Json;
using Carillon.Server.Http.Views.Preferences;

namespace Carillon.Server.PreferencePage;

/// <summary>
/// What the form of a page says. A box that is not ticked says nothing in a form, so each box is accompanied by how it was shown.
/// </summary>
internal sealed class PageForm(JsonElement form)
{
    private const string Ticked = "on";

    /// <summary>The switch over everything.</summary>
    public const string Master = "all";

    public static string NameOf(string owner, string channel) => $"{owner}.{channel}";

    /// <summary>The field that says how the box was shown.</summary>
    public static string ShownNameOf(string box) => $"was.{box}";

    public static string ShownAs(bool ticked) => ticked ? Ticked : "off";

    public PreferenceChange Everywhere(PageContent content) => new(
        Changed(Master),
        [.. Switches(Master, content.Everywhere)]);

    /// <summary>Whoever switches a channel on where all were off in one word wants that one, and none of the others.</summary>
    public PreferenceChange Of(WorkflowChoice workflow)
    {
        List<PreferenceChange.ChannelSwitch> switches = [.. Switches(workflow.Id, workflow.Channels)];
        return workflow.IsSilenced && switches.Any(one => one.Enabled)
            ? new(Enabled: true, [.. workflow.Channels.Select(one => new PreferenceChange.ChannelSwitch(one.Channel, IsTicked(NameOf(workflow.Id, one.Channel))))])
            : new(Enabled: null, switches);
    }

    private IEnumerable<PreferenceChange.ChannelSwitch> Switches(string owner, IReadOnlyList<ChannelChoice> channels) =>
        from one in channels
        let changed = Changed(NameOf(owner, one.Channel))
        where changed is not null
        select new PreferenceChange.ChannelSwitch(one.Channel, changed.Value);

    /// <summary>How the box is now, if that is not how it was shown; null also where it was not shown.</summary>
    private bool? Changed(string box) =>
        Text(ShownNameOf(box)) is { } shown && (shown == Ticked) != IsTicked(box) ? IsTicked(box) : null;

    private bool IsTicked(string box) => Text(box) == Ticked;

    private string? Text(string name) =>
        form.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
