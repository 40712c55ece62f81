using System.Text;
using System.Text.Json;
using Carillon.Data;
using Carillon.Server.Realtime.EngineIo;
using Carillon.Server.Realtime.Inboxes;

namespace Carillon.Server.Realtime.SocketIo;

/// <summary>
/// Socket.IO 5 on top of Engine.IO: lets subscribers in by their token, and otherwise only speaks. As clients know it, whoever has no
/// valid token is let in and shown out again.
/// </summary>
internal sealed class SocketServer(Doorkeeper doorkeeper, OpenInboxes inboxes)
{
    private const string Missing = "null";

    private static readonly ReadOnlyMemory<byte> Disconnect = "41"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> NoSuchNamespace = """{"message":"Invalid namespace"}"""u8.ToArray();
    private static readonly ReadOnlyMemory<byte> TooManySockets = """44{"message":"Too many sockets of this subscriber"}"""u8.ToArray();

    public async Task ReceiveAsync(Connection connection, string packet)
    {
        switch (packet)
        {
            case ['0', .. var asked]:
                await ConnectAsync(connection, asked);
                break;
            case ['1', ..]:
                inboxes.Leave(connection);
                break;
            case ['2' or '3', ..]:
                // Nothing that clients say or acknowledge is listened to.
                break;
            default:
                // Binary, or no packet at all.
                connection.Finish();
                break;
        }
    }

    /// <summary>Tells a client that it is shown out, and ends its connection.</summary>
    public static void ShowOut(Connection connection)
    {
        connection.Send(Disconnect);
        connection.Finish();
    }

    private async Task ConnectAsync(Connection connection, string asked)
    {
        if (asked.StartsWith('/') && asked.Split(',')[0] is var space && space.Split('?')[0] != "/")
        {
            connection.Send(Encoding.UTF8.GetBytes($"44{space},{Encoding.UTF8.GetString(NoSuchNamespace.Span)}"));
            return;
        }

        if (inboxes.Has(connection)) return;

        var token = TokenIn(asked) ?? connection.Token;
        try
        {
            Welcome(connection, token is null or Missing ? null : await doorkeeper.AdmitAsync(token, connection.Origin));
        }
        catch (Exception e) when (Outage.Is(e))
        {
            // It comes again, and so will the database.
            connection.Finish();
        }
    }

    private void Welcome(Connection connection, Visitor? visitor)
    {
        var welcome = Encoding.UTF8.GetBytes($$"""40{"sid":"{{Connections.NewId()}}"}""");
        if (visitor is null)
        {
            connection.Send(welcome);
            ShowOut(connection);
        }
        else if (!inboxes.TryEnter(connection, visitor, welcome))
        {
            connection.Send(TooManySockets);
        }
    }

    private static string? TokenIn(string asked)
    {
        var start = asked.IndexOf('{', StringComparison.Ordinal);
        if (start < 0) return null;

        try
        {
            var auth = JsonElement.Parse(asked[start..]);
            return auth.TryGetProperty("token", out var token) && token.ValueKind == JsonValueKind.String ? token.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
