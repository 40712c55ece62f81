using Carillon.Server.Http.Answers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.Integrations;

/// <summary>
/// How much of the free demo allowance of a channel is used. Carillon comes without a demo sender, and the contract's word for
/// "there is none" is zero of zero.
/// </summary>
internal static class GetChannelLimit
{
    private static readonly string[] Channels = ["in_app", "email", "sms", "chat", "push"];

    public sealed record View(int Limit, int Count);

    public static Results<Answer<View>, Problem> Handle(string channelType) => Channels.Contains(channelType)
        ? Answer.Of(new View(Limit: 0, Count: 0))
        : Problem.BadRequest([$"channelType must be one of the following values: {string.Join(", ", Channels)}"]);
}
