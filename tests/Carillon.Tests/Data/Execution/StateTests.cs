using Carillon.Data.Execution;

namespace Carillon.Tests.Data.Execution;

/// <summary>The words in which clients are told where a step stands and what happened to it.</summary>
public sealed class StateTests
{
    [Theory]
    [InlineData(StepState.Pending, "pending", false)]
    [InlineData(StepState.Queued, "queued", false)]
    [InlineData(StepState.Running, "running", false)]
    [InlineData(StepState.Delayed, "delayed", false)]
    [InlineData(StepState.Completed, "completed", true)]
    [InlineData(StepState.Failed, "failed", true)]
    [InlineData(StepState.Cancelled, "canceled", true)]
    [InlineData(StepState.Merged, "merged", true)]
    [InlineData(StepState.Skipped, "skipped", true)]
    public void A_state_has_a_name_and_is_an_end_or_not(char state, string name, bool isTerminal) =>
        Assert.Equal((name, isTerminal), (StepState.WireName(state), StepState.IsTerminal(state)));

    [Theory]
    [InlineData(Detail.StepCreated, "Step created", "Pending")]
    [InlineData(Detail.StepQueued, "Step queued", "Pending")]
    [InlineData(Detail.StepDelayed, "Step delayed", "Pending")]
    [InlineData(Detail.StepDigested, "Step digested", "Pending")]
    [InlineData(Detail.StartSending, "Start sending message", "Pending")]
    [InlineData(Detail.StartDigesting, "Start digesting", "Pending")]
    [InlineData(Detail.DigestTriggeredEvents, "Digest triggered events", "Success")]
    [InlineData(Detail.DigestMerged, "Digest was merged with other digest", "Success")]
    [InlineData(Detail.DigestSkipped, "Digest was skipped, first backoff event", "Success")]
    [InlineData(Detail.DelayFinished, "Delay is finished", "Success")]
    [InlineData(Detail.DelayMisconfigured, "Invalid delay configuration", "Failed")]
    [InlineData(Detail.StepFiltered, "Step was filtered based on steps filters", "Success")]
    [InlineData(Detail.ConditionFailed, "Processing step filter failed", "Failed")]
    [InlineData(Detail.FilteredBySubscriberWorkflowPreferences, "Step filtered by subscriber workflow preferences", "Success")]
    [InlineData(Detail.FilteredBySubscriberGlobalPreferences, "Step filtered by subscriber global preferences", "Success")]
    [InlineData(Detail.FilteredByWorkflowPreferences, "Step filtered by workflow preferences", "Success")]
    [InlineData(Detail.FilteredByUserPreferences, "Step filtered by user preferences", "Success")]
    [InlineData(Detail.VariantChosen, "Variant was chosen by the provided condition criteria", "Pending")]
    [InlineData(Detail.WebhookConditionRetry, "Webhook filter failed, retry will be executed", "Pending", "Webhook", true)]
    [InlineData(Detail.WebhookConditionFailed, "Failed to get response from remote webhook filter on last retry", "Pending", "Webhook", true)]
    [InlineData(Detail.TenantSelected, "Tenant context selected", "Pending")]
    [InlineData(Detail.TenantNotFound, "Tenant identifier not found", "Failed")]
    [InlineData(Detail.IntegrationSelected, "Integration instance selected", "Pending")]
    [InlineData(Detail.NoActiveIntegration, "Subscriber does not have an active integration", "Failed")]
    [InlineData(Detail.NoChannel, "Subscriber does not have a configured channel", "Failed")]
    [InlineData(Detail.NoRecipientDetails, "Subscriber missing recipient details", "Failed")]
    [InlineData(Detail.LayoutNotFound, "Layout not found ", "Failed")]
    [InlineData(Detail.ContentNotGenerated, "Message content could not be generated", "Failed")]
    [InlineData(Detail.MessageCreated, "Message created", "Pending")]
    [InlineData(Detail.MessageSent, "Message sent", "Success")]
    [InlineData(Detail.ProviderError, "Unexpected provider error", "Failed")]
    [InlineData(Detail.PushFailed, "There was one or more errors when trying to execute the notification", "Failed")]
    [InlineData(Detail.PushTokensMissing, "Subscriber credentials is missing the tokens for sending a push notification message", "Failed")]
    [InlineData(Detail.ChatWebhookMissing, "Webhook URL for the chat channel is missing", "Failed")]
    [InlineData(Detail.ChatPhoneMissing, "Subscriber is missing a phone number", "Failed")]
    [InlineData(Detail.ChatAllFailed, "All chat channels failed to send the message", "Failed")]
    [InlineData(Detail.ReplyWithoutUrl, "Inbound mail - Missing replay callback URL", "Warning")]
    [InlineData(Detail.ReplyNotConfigured, "Inbound mail - Missing configuration", "Warning")]
    [InlineData(Detail.ReplyWithoutMxRecord, "Inbound mail - Missing MX Record configuration", "Warning")]
    [InlineData(Detail.ReplyWithoutDomain, "Inbound mail - Missing MX route domain configuration", "Warning")]
    public void What_happened_is_said_in_the_contracts_words(Detail detail, string text, string status, string source = "Internal", bool isRetry = false) =>
        Assert.Equal(new DetailText(text, status, source, isRetry), Details.Of(detail));

    [Fact]
    public void Whatever_can_happen_has_words() => Assert.All(Enum.GetValues<Detail>(), detail => Assert.NotEmpty(Details.Of(detail).Text));
}
