namespace Carillon.Providers.Http;

/// <summary>
/// How a vendor words its answers: where the id of what it took stands, where it says what is wrong, and which of its codes mean
/// something else than its status. What is not said here follows from the status alone.
/// </summary>
internal sealed record Reply
{
    private const int MaxWords = 200;

    public Func<VendorAnswer, string?> Id { get; init; } = _ => null;

    public Func<VendorAnswer, string?> Date { get; init; } = _ => null;

    /// <summary>For vendors that answer 200 and say inside that they did not take it.</summary>
    public Func<VendorAnswer, bool> Took { get; init; } = _ => true;

    public Func<VendorAnswer, string?> Code { get; init; } = _ => null;

    public Func<VendorAnswer, string?> Error { get; init; } = _ => null;

    /// <summary>Codes for a fault of the message, also where the status says to try later.</summary>
    public IReadOnlyCollection<string> Final { get; init; } = [];

    /// <summary>Codes for an address that is no longer in use.</summary>
    public IReadOnlyCollection<string> Gone { get; init; } = [];

    /// <summary>Codes for what passes by itself.</summary>
    public IReadOnlyCollection<string> Later { get; init; } = [];

    /// <summary>Codes for credentials that are wrong, or an account that may not send.</summary>
    public IReadOnlyCollection<string> Account { get; init; } = [];

    public SendResult Read(OutboundResult result, string host, Func<string, string> withoutSecrets)
    {
        if (result is not OutboundResult.Answer answer) return Delivery.FailureOf(result, host)!;

        var vendor = new VendorAnswer(answer);
        if (vendor.IsSuccess && Took(vendor)) return new SendResult.Sent(Id(vendor), Date: Date(vendor));

        var (code, error) = (Word(Code(vendor)), Error(vendor));
        var words = string.Join(' ', new[] { code, error == code ? null : error }.Where(word => !string.IsNullOrWhiteSpace(word)));
        var reason = $"{host} answered {vendor.Status} {OneLine(withoutSecrets(words))}".TrimEnd();
        return Judge(answer, code ?? "", reason);
    }

    private SendResult Judge(OutboundResult.Answer answer, string code, string reason)
    {
        if (Gone.Contains(code)) return new SendResult.Refused(reason, RefusedFor.Gone);
        if (Later.Contains(code)) return new SendResult.Unavailable(reason, answer.RetryAfter);
        if (Account.Contains(code)) return new SendResult.Refused(reason, RefusedFor.Account);

        return answer.IsSuccess || Final.Contains(code) ? new SendResult.Refused(reason) : Delivery.Failure(answer, reason);
    }

    // A code is a word or a number. Anything else was written by a stranger and is not repeated.
    private static string? Word(string? code) =>
        code?.Trim() is { Length: > 0 and <= 64 } word && word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.' or ':')
            ? word
            : null;

    private static string OneLine(string words) =>
        new([.. words.Select(letter => char.IsControl(letter) ? ' ' : letter).Take(MaxWords)]);
}
