using Carillon.Data.Workflows;
using Carillon.Server.Http.Input;

namespace Carillon.Server.Workflows;

/// <summary>Which channels a subscriber is notified on where nobody said otherwise; a channel that is not named is on.</summary>
internal static class ChannelsRequest
{
    public static ChannelSwitches? Read(Field field) => field.Nested(channels => new ChannelSwitches(
        channels.OptionalBool("email") ?? true,
        channels.OptionalBool("sms") ?? true,
        channels.OptionalBool("in_app") ?? true,
        channels.OptionalBool("chat") ?? true,
        channels.OptionalBool("push") ?? true));
}
