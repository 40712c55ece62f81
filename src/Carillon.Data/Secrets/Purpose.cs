namespace Carillon.Data.Secrets;

/// <summary>What sealed values are for. Each is bound into the seal: never change one.</summary>
public static class Purpose
{
    public const string ApiKey = "api-key";
    public const string IntegrationCredentials = "integration-credentials";
    public const string ChannelCredentials = "channel-credentials";
    public const string OutgoingMail = "outgoing-mail";
    public const string EventEndpoint = "event-endpoint";
    public const string IdempotentAnswer = "idempotent-answer";
}
