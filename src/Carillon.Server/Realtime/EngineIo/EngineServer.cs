using Carillon.Server.Configuration;
using Microsoft.Extensions.Primitives;

namespace Carillon.Server.Realtime.EngineIo;

/// <summary>Engine.IO 4 at one address: opens connections, and brings each request to the connection that it names.</summary>
internal sealed class EngineServer(Connections connections, Packets packets, RealtimeOptions options, TimeProvider clock)
{
    private const string Version = "4";

    // Whatever can pass its task on does so: what awaits here is held for as long as a websocket is open.
    public Task ServeAsync(HttpContext context)
    {
        var query = context.Request.Query;
        if (Wanted(query["transport"]) is not { } transport) return Refusal.UnknownTransport.AnswerAsync(context);
        if (transport == Transport.WebSocket && !context.WebSockets.IsWebSocketRequest) return Refusal.BadRequest.AnswerAsync(context);
        return query["sid"] is [var id, ..] ? ContinueAsync(context, transport, connections.Find(id!)) : OpenAsync(context, transport);
    }

    private static Transport? Wanted(StringValues name) => name.ToString() switch
    {
        "polling" => Transport.Polling,
        "websocket" => Transport.WebSocket,
        _ => null,
    };

    private Task OpenAsync(HttpContext context, Transport transport)
    {
        if (RefusalOf(context.Request) is { } refusal) return refusal.AnswerAsync(context);
        if (connections.Open(context.Connection.RemoteIpAddress, TokenIn(context.Request), context.Request.Headers.Origin) is not { } connection)
            return Refusal.TooMany.AnswerAsync(context);

        var opening = Packet.Open(connection.Id, mayUpgrade: transport == Transport.Polling, options);
        if (transport == Transport.Polling) return Polling.OpenAsync(context, opening);

        connection.Send(opening);
        return RunAsync(context, connection);
    }

    private Task ContinueAsync(HttpContext context, Transport transport, Connection? connection)
    {
        if (connection is null) return Refusal.UnknownConnection.AnswerAsync(context);
        if (transport == Transport.WebSocket) return UpgradeAsync(context, connection);
        if (connection.Transport == Transport.WebSocket) return Refusal.BadRequest.AnswerAsync(context);
        if (HttpMethods.IsGet(context.Request.Method)) return Polling.ReadAsync(context, connection);
        return HttpMethods.IsPost(context.Request.Method)
            ? new Polling(packets).WriteAsync(context, connection)
            : Refusal.BadRequest.AnswerAsync(context);
    }

    private async Task UpgradeAsync(HttpContext context, Connection connection)
    {
        if (!connection.BeginUpgrade())
        {
            await Refusal.BadRequest.AnswerAsync(context);
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await new WebSocketTransport(socket, packets, clock).UpgradeAsync(connection);
        if (connection.Transport == Transport.Polling) connection.EndUpgrade();
    }

    private async Task RunAsync(HttpContext context, Connection connection)
    {
        connection.BeginUpgrade();
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await new WebSocketTransport(socket, packets, clock).RunAsync(connection);
    }

    private static Refusal? RefusalOf(HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsConnect(request.Method)) return Refusal.BadMethod;
        return request.Query["EIO"] == Version ? null : Refusal.UnsupportedVersion;
    }

    // Pages that have no token yet write it out as they find it.
    private static string? TokenIn(HttpRequest request) => request.Query["token"].ToString() is { Length: > 0 } token ? token : null;
}
