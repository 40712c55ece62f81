using Carillon.Data.Execution;
using Carillon.Data.Mapping;
using Carillon.Engine.Conditions;
using Carillon.Engine.Steps;

namespace Carillon.Engine.Running;

/// <summary>How questions to the outside ended.</summary>
internal abstract record AskOutcome
{
    /// <summary>All are answered; the step can be decided.</summary>
    public sealed record Answered : AskOutcome;

    /// <summary>The step ends like this.</summary>
    public sealed record Over(StepOutcome Step) : AskOutcome;

    /// <summary>Some did not answer now.</summary>
    public sealed record Again(TimeSpan Wait) : AskOutcome;

    /// <summary>The run is no longer ours, or was cancelled while we waited.</summary>
    public sealed record Lost : AskOutcome;
}

/// <summary>What a run wants of the world outside this process: answers to its conditions, and its messages delivered.</summary>
public sealed class Outside(Sender sender, Webhooks webhooks, EngineRuntime engine)
{
    private const int MostAttempts = 3;

    internal Task<SendOutcome> SendAsync(RunWork work, StepOutcome.Sending sending, CancellationToken ct) => sender.SendAsync(work, sending, ct);

    /// <summary>Asks webhooks, three times at most, and keeps what they answer with the run's work.</summary>
    internal async Task<AskOutcome> AskAsync(RunWork work, StepOutcome.Asking asking, CancellationToken ct)
    {
        var answers = await webhooks.AskAsync(work, asking.Urls, ct);
        if (!await sender.IsWantedAsync(work, ct)) return new AskOutcome.Lost();

        foreach (var (url, answer) in answers)
        {
            if (answer is WebhookAnswer.Given given) work.Answers[url] = given.Json;
        }

        if (answers.Values.OfType<WebhookAnswer.Refused>().FirstOrDefault() is { } refused) return Failed(refused.Reason);
        if (answers.Values.OfType<WebhookAnswer.Unavailable>().FirstOrDefault() is not { } gone) return new AskOutcome.Answered();
        if (work.Run.Attempt + 1 >= MostAttempts) return Failed(gone.Reason);

        work.Note(Detail.WebhookConditionRetry, Reason(gone.Reason));
        return new AskOutcome.Again(TimeSpan.FromSeconds(engine.Random.NextDouble() * Math.Pow(2, work.Run.Attempt + 1)));
    }

    private static AskOutcome.Over Failed(string reason) => new(new StepOutcome.Failed(Detail.WebhookConditionFailed, Reason(reason)));

    private static string Reason(string message) => JsonColumn.Write(new { message });
}
