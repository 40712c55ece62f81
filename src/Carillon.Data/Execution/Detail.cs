using System.Collections.Frozen;

namespace Carillon.Data.Execution;

/// <summary>Every kind of trace line. The numbers are stored: never change one, never use one again.</summary>
public enum Detail
{
    StepCreated = 1,
    StepQueued = 2,
    StepDelayed = 3,
    StepDigested = 4,
    StartSending = 5,
    StepFiltered = 10,
    FilteredByWorkflowPreferences = 11,
    StepCancelled = 12,
    FilteredBySubscriberWorkflowPreferences = 13,
    FilteredBySubscriberGlobalPreferences = 14,
    FilteredByUserPreferences = 15,
    ConditionFailed = 16,
    WebhookConditionRetry = 17,
    WebhookConditionFailed = 18,
    VariantChosen = 19,
    IntegrationSelected = 20,
    NoActiveIntegration = 21,
    NoRecipientDetails = 22,
    NoChannel = 23,
    TenantSelected = 24,
    TenantNotFound = 25,
    LayoutNotFound = 27,
    ContentNotGenerated = 30,
    MessageCreated = 31,
    MessageSent = 32,
    ProviderError = 33,
    ProviderUnavailable = 34,
    ProviderPassedOver = 35,
    ChatWebhookMissing = 40,
    ChatAllFailed = 41,
    ChatPhoneMissing = 42,
    PushTokensMissing = 43,
    PushFailed = 44,
    OutcomeUnknown = 50,
    EngineError = 51,
    StepResent = 52,
}

public sealed record DetailText(string Text, string Status, string Source = "Internal", bool IsRetry = false);

/// <summary>What the wire says for each detail.</summary>
public static class Details
{
    private const string Webhook = "Webhook";

    private static readonly FrozenDictionary<Detail, DetailText> All = new Dictionary<Detail, DetailText>
    {
        [Detail.StepCreated] = new("Step created", "Pending"),
        [Detail.StepQueued] = new("Step queued", "Pending"),
        [Detail.StepDelayed] = new("Step delayed", "Pending"),
        [Detail.StepDigested] = new("Step digested", "Pending"),
        [Detail.StartSending] = new("Start sending message", "Pending"),
        [Detail.StepFiltered] = new("Step was filtered based on steps filters", "Success"),
        [Detail.FilteredByWorkflowPreferences] = new("Step filtered by workflow preferences", "Success"),
        [Detail.FilteredBySubscriberWorkflowPreferences] = new("Step filtered by subscriber workflow preferences", "Success"),
        [Detail.FilteredBySubscriberGlobalPreferences] = new("Step filtered by subscriber global preferences", "Success"),
        [Detail.FilteredByUserPreferences] = new("Step filtered by user preferences", "Success"),
        [Detail.ConditionFailed] = new("Processing step filter failed", "Failed"),
        [Detail.WebhookConditionRetry] = new("Webhook filter failed, retry will be executed", "Pending", Webhook, IsRetry: true),
        [Detail.WebhookConditionFailed] = new("Failed to get response from remote webhook filter on last retry", "Pending", Webhook, IsRetry: true),
        [Detail.VariantChosen] = new("Variant was chosen by the provided condition criteria", "Pending"),
        [Detail.StepCancelled] = new("Step was cancelled", "Success"),
        [Detail.IntegrationSelected] = new("Integration instance selected", "Pending"),
        [Detail.NoActiveIntegration] = new("Subscriber does not have an active integration", "Failed"),
        [Detail.NoRecipientDetails] = new("Subscriber missing recipient details", "Failed"),
        [Detail.NoChannel] = new("Subscriber does not have a configured channel", "Failed"),
        [Detail.TenantSelected] = new("Tenant context selected", "Pending"),
        [Detail.TenantNotFound] = new("Tenant identifier not found", "Failed"),
        [Detail.LayoutNotFound] = new("Layout not found ", "Failed"),
        [Detail.ContentNotGenerated] = new("Message content could not be generated", "Failed"),
        [Detail.MessageCreated] = new("Message created", "Pending"),
        [Detail.MessageSent] = new("Message sent", "Success"),
        [Detail.ProviderError] = new("Unexpected provider error", "Failed"),
        [Detail.ProviderUnavailable] = new("Provider unavailable, will be retried", "Warning"),
        [Detail.ProviderPassedOver] = new("Provider did not take it, the next one is asked", "Warning"),
        [Detail.ChatWebhookMissing] = new("Webhook URL for the chat channel is missing", "Failed"),
        [Detail.ChatAllFailed] = new("All chat channels failed to send the message", "Failed"),
        [Detail.ChatPhoneMissing] = new("Subscriber is missing a phone number", "Failed"),
        [Detail.PushTokensMissing] = new("Subscriber credentials is missing the tokens for sending a push notification message", "Failed"),
        [Detail.PushFailed] = new("There was one or more errors when trying to execute the notification", "Failed"),
        [Detail.OutcomeUnknown] = new("A previous attempt was cut off, its outcome is unknown", "Warning"),
        [Detail.StepResent] = new("Step will be sent again", "Pending"),
        [Detail.EngineError] = new("Unexpected engine error", "Failed"),
    }.ToFrozenDictionary();

    public static DetailText Of(Detail detail) => All[detail];
}
