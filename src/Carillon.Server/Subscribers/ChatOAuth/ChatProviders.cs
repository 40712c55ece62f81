namespace Carillon.Server.Subscribers.ChatOAuth;

/// <summary>The chats that people can connect themselves.</summary>
internal sealed class ChatProviders(SlackOAuth slack, DiscordOAuth discord)
{
    private readonly IReadOnlyList<IChatOAuth> _all = [discord, slack];

    public IChatOAuth? Find(string providerId) => _all.FirstOrDefault(provider => provider.ProviderId == providerId);

    /// <summary>For an account that was found, whose provider is therefore one of them.</summary>
    public IChatOAuth Of(ChatLink link) => Find(link.ProviderId) ?? throw new InvalidOperationException($"{link.ProviderId} cannot be connected.");
}
