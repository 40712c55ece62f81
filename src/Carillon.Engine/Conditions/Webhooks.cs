using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Carillon.Data;
using Carillon.Data.Mapping;
using Carillon.Data.Secrets;
using Carillon.Engine.Running;
using Carillon.Engine.Steps;
using Carillon.Providers.Http;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Engine.Conditions;

/// <summary>What a webhook that a condition asks had to say.</summary>
public abstract record WebhookAnswer
{
    /// <summary>An answer; null where it was no JSON, so that nothing is found in it.</summary>
    public sealed record Given(JsonElement? Json) : WebhookAnswer;

    /// <summary>No usable answer; asking again may help.</summary>
    public sealed record Unavailable(string Reason) : WebhookAnswer;

    /// <summary>It will never be asked.</summary>
    public sealed record Refused(string Reason) : WebhookAnswer;
}

/// <summary>
/// Asks applications about their conditions: who it is for and what happened, signed with the environment's first key. Never more
/// than a few at once at one host.
/// </summary>
public sealed class Webhooks(OutboundHttp http, HostGates gates, Database database, SecretBox secrets)
{
    /// <summary>What one question may take.</summary>
    public static TimeSpan Timeout { get; } = TimeSpan.FromSeconds(5);

    private static readonly OutboundLimits Limits = new(Timeout, 256 * 1024);

    public async Task<IReadOnlyDictionary<string, WebhookAnswer>> AskAsync(RunWork work, IReadOnlyCollection<string> urls, CancellationToken ct)
    {
        var signature = await SignatureAsync(work.Run.EnvironmentId, ct);
        var question = Question(work);
        var answers = await Task.WhenAll(urls.Select(url => AskAsync(url, question, signature, ct)));
        return urls.Zip(answers).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    private async Task<WebhookAnswer> AskAsync(string address, byte[] question, string signature, CancellationToken ct)
    {
        if (OutboundUrl.Parse(address) is not { } url) return new WebhookAnswer.Refused("The address is not an http or https URL");

        using var turn = await gates.EnterAsync($"condition {url.IdnHost}", ct);
        if (!turn.IsAcquired) return new WebhookAnswer.Unavailable($"Too many questions wait for {url.IdnHost}");

        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new ByteArrayContent(question) { Headers = { ContentType = new("application/json") } },
        };
        request.Headers.Add("nv-hmac-256", signature);
        return await http.SendAsync(request, Limits, ct) switch
        {
            OutboundResult.Answer { IsSuccess: true } answer => new WebhookAnswer.Given(Read(answer)),
            OutboundResult.Answer answer => new WebhookAnswer.Unavailable($"{url.IdnHost} answered {(int)answer.Status}"),
            OutboundResult.Refused refused => new WebhookAnswer.Refused(refused.Reason),
            OutboundResult.Unavailable gone => new WebhookAnswer.Unavailable(gone.Reason),
            _ => throw new InvalidOperationException("A call ends with an answer or without one."),
        };
    }

    private static JsonElement? Read(OutboundResult.Answer answer)
    {
        try
        {
            return JsonDocument.Parse(answer.Body, new() { AllowDuplicateProperties = false }).RootElement;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // The contract signs the environment's id: it says who asks, and nothing of what is asked.
    private async Task<string> SignatureAsync(string environmentId, CancellationToken ct)
    {
        await using var db = database.Open(environmentId);
        var cipher = await db.ApiKeys.OrderBy(key => key.Id).Select(key => key.Cipher).FirstAsync(ct);
        var key = Encoding.UTF8.GetBytes(secrets.Open(Purpose.ApiKey, cipher));
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(environmentId)));
    }

    private static byte[] Question(RunWork work)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, new() { Encoder = JsonColumn.Options.Encoder }))
        {
            json.WriteStartObject();
            json.WritePropertyName("subscriber");
            SubscriberJson.Of(work.Subject.Subscriber).WriteTo(json);
            json.WritePropertyName("payload");
            WritePayload(json, work.Subject.Content.Payload);
            json.WriteString("identifier", work.Subject.Version.Identifier);
            json.WriteString("channel", work.Step.Type);
            if (work.Subject.Select(work.Step.Type) is { } integration) json.WriteString("providerId", integration.ProviderId);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    // Files are nothing to decide by.
    private static void WritePayload(Utf8JsonWriter json, JsonElement payload)
    {
        if (payload.ValueKind != JsonValueKind.Object)
        {
            payload.WriteTo(json);
            return;
        }

        json.WriteStartObject();
        foreach (var member in payload.EnumerateObject().Where(member => member.Name != "attachments")) member.WriteTo(json);
        json.WriteEndObject();
    }
}
