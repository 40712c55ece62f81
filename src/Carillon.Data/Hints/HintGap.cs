namespace Carillon.Data.Hints;

/// <summary>Hints of other nodes may have been missed since then: about these subscribers, or about anything.</summary>
public sealed record HintGap(DateTimeOffset Since, IReadOnlyCollection<string>? SubscriberIds = null);
