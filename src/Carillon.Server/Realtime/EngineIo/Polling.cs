using System.Text;

namespace Carillon.Server.Realtime.EngineIo;

/// <summary>Packets over plain requests: one waits for what there is to hear, others bring what there is to say.</summary>
internal sealed class Polling(Packets packets)
{
    public static Task OpenAsync(HttpContext context, ReadOnlyMemory<byte> opening) => AnswerAsync(context, opening);

    public static async Task ReadAsync(HttpContext context, Connection connection)
    {
        try
        {
            if (connection.BeginPoll()) await AnswerAsync(context, await NextAsync(connection, context.RequestAborted));
            else await RefuseOverlapAsync(context, connection);
        }
        finally
        {
            connection.EndPoll();
        }
    }

    public async Task WriteAsync(HttpContext context, Connection connection)
    {
        if (await BodyAsync(context.Request, context.RequestAborted) is not { } body)
        {
            connection.Abort();
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        foreach (var packet in body.Split((char)Packet.Separator))
            await packets.ReceiveAsync(connection, packet);
        context.Response.ContentType = "text/html";
        await context.Response.WriteAsync("ok", context.RequestAborted);
    }

    // While it moves to another transport there is nothing to hear here, and nobody shall wait.
    private static async Task<ReadOnlyMemory<byte>> NextAsync(Connection connection, CancellationToken ct)
    {
        if (connection.Transport != Transport.Polling) return Packet.Noop;
        if (!await connection.Outbox.WaitAsync().WaitAsync(ct)) return Packet.Close;

        using var body = new MemoryStream();
        while (connection.Outbox.TryTake(out var packet))
        {
            if (body.Length > 0) body.WriteByte(Packet.Separator);
            body.Write(packet.Span);
        }

        return body.ToArray();
    }

    private static async Task RefuseOverlapAsync(HttpContext context, Connection connection)
    {
        connection.Abort();
        await Refusal.BadRequest.AnswerAsync(context);
    }

    private static async Task AnswerAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        context.Response.ContentType = "text/plain; charset=UTF-8";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    // Null when there is more than may come in at once.
    private static async Task<string?> BodyAsync(HttpRequest request, CancellationToken ct)
    {
        using var body = new MemoryStream();
        var buffer = new byte[4096];
        for (int read; (read = await request.Body.ReadAsync(buffer, ct)) > 0;)
        {
            if (body.Length + read > Packet.LargestReceived) return null;
            body.Write(buffer, 0, read);
        }

        return Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length);
    }
}
