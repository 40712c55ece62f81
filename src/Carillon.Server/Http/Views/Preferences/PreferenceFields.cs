using Carillon.Server.Http.Input;

namespace Carillon.Server.Http.Views.Preferences;

/// <summary>How clients say what a subscriber wants.</summary>
internal static class PreferenceFields
{
    private static readonly string[] Channels = ["in_app", "email", "sms", "chat", "push"];

    /// <summary>About one workflow: one channel of it, or all of it.</summary>
    public static PreferenceChange ReadForWorkflow(Fields fields)
    {
        var channel = fields["channel"].Nested(ReadChannel);
        return new(fields.OptionalBool("enabled"), channel is null ? [] : [channel]);
    }

    /// <summary>About all workflows.</summary>
    public static PreferenceChange ReadForAll(Fields fields) =>
        new(fields.OptionalBool("enabled"), fields["preferences"].Optional().Items(ReadChannel));

    private static PreferenceChange.ChannelSwitch ReadChannel(Fields channel) =>
        new(channel["type"].OneOf(Channels).Text, channel["enabled"].Bool().Truth ?? false);
}
