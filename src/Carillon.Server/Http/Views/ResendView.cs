using Carillon.Engine.Running;
using Carillon.Server.Http.Answers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.Http.Views;

/// <summary>What is sent again: the jobs of one notification.</summary>
internal sealed record ResendView(string NotificationId, IReadOnlyList<string> Jobs)
{
    public static Results<Answer<ResendView>, Problem> Of(ResendOutcome outcome, string name) => outcome switch
    {
        ResendOutcome.Queued queued => Answer.Of(new ResendView(queued.RunId, queued.JobIds)),
        ResendOutcome.NotFound => Problem.NotFound($"{name} was not found"),
        _ => Problem.Conflict($"Nothing of {char.ToLowerInvariant(name[0])}{name[1..]} has failed, or it is under way"),
    };
}
