using System.Reflection;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.WebUtilities;

namespace Carillon.Server.Http.Answers;

/// <summary>
/// An expected failure. Its message is one sentence, or a list where several fields are wrong; <c>error</c> is the
/// status in words, which the contract leaves out where the message already is exactly that.
/// </summary>
internal sealed class Problem : IResult, IEndpointMetadataProvider
{
    private Problem(int status, object message, bool named = true)
    {
        Status = status;
        Message = message;
        Error = named ? Phrase(status) : null;
    }

    public int Status { get; }

    /// <summary>A string, or a list of strings.</summary>
    public object Message { get; }
    public string? Error { get; }
    public IReadOnlyList<(string Name, string Value)> Headers { get; private init; } = [];
    public string? ErrorId { get; private init; }
    public Dictionary<string, object>? More { get; private init; }

    public static Problem BadRequest(string message) => new(StatusCodes.Status400BadRequest, message);

    /// <summary>With more that the contract says of it, beside the message and in place of the status in words.</summary>
    public static Problem BadRequest(string message, Dictionary<string, object> more) =>
        new(StatusCodes.Status400BadRequest, message, named: false) { More = more };

    public static Problem BadRequest(IReadOnlyList<string> messages) => new(StatusCodes.Status400BadRequest, messages);

    public static Problem Unauthorized(string message) => new(StatusCodes.Status401Unauthorized, message);

    public static Problem Unauthorized() => Bare(StatusCodes.Status401Unauthorized);

    public static Problem Forbidden(string message) => new(StatusCodes.Status403Forbidden, message);

    public static Problem NotFound(string message) => new(StatusCodes.Status404NotFound, message);

    public static Problem NotFound() => Bare(StatusCodes.Status404NotFound);

    public static Problem Conflict(string message) => new(StatusCodes.Status409Conflict, message);

    public static Problem TooLarge() => new(StatusCodes.Status413PayloadTooLarge, "request entity too large");

    public static Problem UnsupportedMediaType(string message) => new(StatusCodes.Status415UnsupportedMediaType, message);

    public static Problem Unprocessable(string message) => new(StatusCodes.Status422UnprocessableEntity, message);

    public static Problem TooManyRequests(string message, int retryAfterSeconds) =>
        new(StatusCodes.Status429TooManyRequests, message, named: false) { Headers = [RetryAfter(retryAfterSeconds)] };

    /// <summary>We cannot take it now, and did nothing: send it again after the wait.</summary>
    public static Problem Unavailable(string message, int retryAfterSeconds = 1) =>
        new(StatusCodes.Status503ServiceUnavailable, message) { Headers = [RetryAfter(retryAfterSeconds)] };

    public static Problem Unexpected(string errorId) =>
        new(StatusCodes.Status500InternalServerError, "Internal server error, contact support and provide them with the errorId", named: false)
        {
            ErrorId = errorId,
        };

    /// <summary>Any other status, in the words that belong to it.</summary>
    public static Problem Of(int status, string message) => new(status, message);

    public Problem With(IReadOnlyList<(string Name, string Value)> headers) =>
        new(Status, Message, named: Error is not null) { Headers = [.. Headers, .. headers], ErrorId = ErrorId, More = More };

    private static Problem Bare(int status) => new(status, Phrase(status), named: false);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        foreach (var (name, value) in Headers)
            httpContext.Response.Headers[name] = value;
        if (Visited.By(httpContext) is { } visited)
            return new HtmlPage(Status, visited.TitleOfProblems, Lines()).ExecuteAsync(httpContext);

        var at = Wire.Instant(Arrival.Of(httpContext));
        return Wire.WriteAsync(httpContext, Status, new ProblemView(Status, at, Arrival.Target(httpContext), Message, Error, ErrorId) { More = More });
    }

    private IReadOnlyList<string> Lines()
    {
        var lines = Message as IReadOnlyList<string> ?? [(string)Message];
        return ErrorId is null ? lines : [.. lines, $"Error id: {ErrorId}"];
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status400BadRequest, typeof(ProblemView), ["application/json"]));

    private static (string, string) RetryAfter(int seconds) => ("Retry-After", seconds.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static string Phrase(int status) => ReasonPhrases.GetReasonPhrase(status);
}

internal sealed record ProblemView(
    int StatusCode,
    string Timestamp,
    string Path,
    object Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error,
    string? ErrorId)
{
    [JsonExtensionData]
    public Dictionary<string, object>? More { get; init; }
}
