using Carillon.Providers;
using Carillon.Providers.Sms;

namespace Carillon.Simulation;

/// <summary>A call that reached the vendor; <paramref name="IsTaken"/> where somebody got the message by it.</summary>
internal sealed record VendorCall(string MessageId, string Text, string To, DateTimeOffset At, bool IsTaken);

/// <summary>A vendor of text messages that takes them, refuses them, does not answer, or takes them and does not say so.</summary>
internal sealed class Vendor(Life life) : ISmsProvider
{
    public const string Id = "simulated";

    public ProviderInfo Info { get; } = new(Id, Channel.Sms, "Simulated", DocsUrl: null);

    public Task<SendResult> SendAsync(SmsMessage message, Account account, CancellationToken ct)
    {
        var luck = life.IsCalm ? 0 : life.Random.Next(100);
        var isTaken = luck < 75 || (luck >= 88 && life.Random.Next(2) == 0);
        life.Note(new(message.Id, message.Text, message.To, life.Clock.GetUtcNow(), isTaken));
        return luck switch
        {
            < 60 => AnswerAsync(new SendResult.Sent(null)),
            < 75 => LateAsync(new SendResult.Sent(null), ct),
            < 80 => AnswerAsync(new SendResult.Unavailable("busy")),
            < 82 => AnswerAsync(new SendResult.Unavailable("slower", TimeSpan.FromSeconds(7))),
            < 86 => AnswerAsync(new SendResult.Refused("no such number")),
            < 88 => AnswerAsync(new SendResult.Refused("no credit", RefusedFor.Account)),
            < 94 => AnswerAsync(new SendResult.Unavailable("cut off", MayHaveArrived: true)),
            _ => SilenceAsync(ct),
        };
    }

    private static async Task<SendResult> AnswerAsync(SendResult answer)
    {
        await Task.Yield();
        return answer;
    }

    private async Task<SendResult> LateAsync(SendResult answer, CancellationToken ct)
    {
        await Task.Delay(TimeSpan.FromSeconds(life.Random.NextDouble() * 4), life.Clock, ct);
        return answer;
    }

    private async Task<SendResult> SilenceAsync(CancellationToken ct)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, life.Clock, ct);
        throw new InvalidOperationException("Silence has no end.");
    }
}
