using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.Views;

namespace Carillon.Server.Topics.V2;

/// <summary>Who is to join or to leave a topic.</summary>
internal sealed record SubscriptionChange(IReadOnlyList<string> SubscriberIds) : IRequest<SubscriptionChange>
{
    private const int Most = 100;

    public static SubscriptionChange Read(Fields fields) => new(
        [.. fields["subscriberIds"].EachString().ArrayMaxSize(Most).ArrayNotEmpty().Array().Texts.Distinct()]);

    /// <summary>What came of it: those for whom it was done, and why not for the others.</summary>
    public Unwrapped<View> Show(IReadOnlyList<SubscriptionView> done, IReadOnlyList<Failure> failed) =>
        new(new(done, new(SubscriberIds.Count, done.Count, failed.Count), failed.Count == 0 ? null : failed));

    internal sealed record View(IReadOnlyList<SubscriptionView> Data, Counts Meta, IReadOnlyList<Failure>? Errors);

    internal sealed record Counts(int TotalCount, int Successful, int Failed);

    internal sealed record Failure(string SubscriberId, string Code, string Message)
    {
        public static Failure Unknown(string subscriberId) =>
            new(subscriberId, "SUBSCRIBER_NOT_FOUND", $"Subscriber with ID '{subscriberId}' could not be found.");

        public static Failure NotIn(string subscriberId, string topicKey) =>
            new(subscriberId, "SUBSCRIPTION_NOT_FOUND", $"Subscription for subscriber with ID '{subscriberId}' not found in topic '{topicKey}'.");
    }
}
