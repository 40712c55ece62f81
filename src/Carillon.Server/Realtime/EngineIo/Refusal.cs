namespace Carillon.Server.Realtime.EngineIo;

/// <summary>What Engine.IO answers to a request it cannot serve; clients know the codes.</summary>
internal sealed record Refusal(int Code, string Message, int Status = StatusCodes.Status400BadRequest)
{
    public static readonly Refusal UnknownTransport = new(0, "Transport unknown");
    public static readonly Refusal UnknownConnection = new(1, "Session ID unknown");
    public static readonly Refusal BadMethod = new(2, "Bad handshake method");
    public static readonly Refusal BadRequest = new(3, "Bad request");
    public static readonly Refusal TooMany = new(4, "Too many connections from this address", StatusCodes.Status403Forbidden);
    public static readonly Refusal UnsupportedVersion = new(5, "Unsupported protocol version");

    public async Task AnswerAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        await context.Response.WriteAsJsonAsync(new { code = Code, message = Message }, context.RequestAborted);
    }
}
