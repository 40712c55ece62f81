namespace Carillon.Providers;

/// <summary>The channels' names on the wire and in the database.</summary>
public static class ChannelNames
{
    extension(Channel channel)
    {
        public string WireName => channel switch
        {
            Channel.InApp => "in_app",
            Channel.Email => "email",
            Channel.Sms => "sms",
            Channel.Push => "push",
            Channel.Chat => "chat",
            _ => throw new ArgumentOutOfRangeException(nameof(channel)),
        };

        public static Channel? FromWireName(string? name) => name switch
        {
            "in_app" => Channel.InApp,
            "email" => Channel.Email,
            "sms" => Channel.Sms,
            "push" => Channel.Push,
            "chat" => Channel.Chat,
            _ => null,
        };
    }
}
