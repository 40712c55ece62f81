using System.Text.Json.Serialization;
using Carillon.Data.Workflows;

namespace Carillon.Server.WorkflowOverrides;

internal sealed record ChannelsView(bool Email, bool Sms, [property: JsonPropertyName("in_app")] bool InApp, bool Chat, bool Push)
{
    public static ChannelsView Of(ChannelSwitches on) => new(on.Email, on.Sms, on.InApp, on.Chat, on.Push);
}
