using Carillon.Server.Configuration;
using Microsoft.Extensions.Primitives;

namespace Carillon.Server.Realtime.EngineIo;

/// <summary>Engine.IO 4 at one address: opens connections, and brings each request to the connection that it names.</summary>
internal sealed class EngineServer(Connections connections, Packets packets, RealtimeOptions options, TimeProvider clock)
{
    private const string Version = "4";

    public static Task Handle(HttpContext context, EngineServer server) => server.ServeAsync(context);

    private async Task ServeAsync(HttpContext context)
    {
        var query = context.Request.Query;
        if (Wanted(query["transport"]) is not { } transport) await Refusal.UnknownTransport.AnswerAsync(context);
        else if (transport == Transport.WebSocket && !context.WebSockets.IsWebSocketRequest) await Refusal.BadRequest.AnswerAsync(context);
        else if (query["sid"] is [var id, ..]) await ContinueAsync(context, transport, connections.Find(id!));
        else await OpenAsync(context, transport);
    }

    private static Transport? Wanted(StringValues name) => name.ToString() switch
    {
        "polling" => Transport.Polling,
        "websocket" => Transport.WebSocket,
        _ => null,
    };

    private async Task OpenAsync(HttpContext context, Transport transport)
    {
        if (RefusalOf(context.Request) is { } refusal)
        {
            await refusal.AnswerAsync(context);
            return;
        }

        if (connections.Open(context.Connection.RemoteIpAddress, TokenIn(context.Request), context.Request.Headers.Origin) is not { } connection)
        {
            await Refusal.TooMany.AnswerAsync(context);
            return;
        }

        var opening = Packet.Open(connection.Id, mayUpgrade: transport == Transport.Polling, options);
        if (transport == Transport.Polling)
        {
            await Polling.OpenAsync(context, opening);
            return;
        }

        connection.Send(opening);
        await RunAsync(context, connection);
    }

    private async Task ContinueAsync(HttpContext context, Transport transport, Connection? connection)
    {
        if (connection is null) await Refusal.UnknownConnection.AnswerAsync(context);
        else if (transport == Transport.WebSocket) await UpgradeAsync(context, connection);
        else if (connection.Transport == Transport.WebSocket) await Refusal.BadRequest.AnswerAsync(context);
        else if (HttpMethods.IsGet(context.Request.Method)) await Polling.ReadAsync(context, connection);
        else if (HttpMethods.IsPost(context.Request.Method)) await new Polling(packets).WriteAsync(context, connection);
        else await Refusal.BadRequest.AnswerAsync(context);
    }

    private async Task UpgradeAsync(HttpContext context, Connection connection)
    {
        if (!connection.BeginUpgrade())
        {
            await Refusal.BadRequest.AnswerAsync(context);
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await new WebSocketTransport(socket, packets, clock).UpgradeAsync(connection, context.RequestAborted);
        if (connection.Transport == Transport.Polling) connection.EndUpgrade();
    }

    private async Task RunAsync(HttpContext context, Connection connection)
    {
        connection.BeginUpgrade();
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await new WebSocketTransport(socket, packets, clock).RunAsync(connection, context.RequestAborted);
    }

    private static Refusal? RefusalOf(HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsConnect(request.Method)) return Refusal.BadMethod;
        return request.Query["EIO"] == Version ? null : Refusal.UnsupportedVersion;
    }

    // Pages that have no token yet write it out as they find it.
    private static string? TokenIn(HttpRequest request) => request.Query["token"].ToString() is { Length: > 0 } token ? token : null;
}
