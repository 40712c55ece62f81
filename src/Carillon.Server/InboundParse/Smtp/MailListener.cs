using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Carillon.Server.Configuration;
using Carillon.Server.InboundParse.Replies;

namespace Carillon.Server.InboundParse.Smtp;

/// <summary>Receives mails, where the operator says on which port. Those who cannot be served now are asked to come back.</summary>
internal sealed partial class MailListener(
    InboundMailOptions options, Letterbox letters, MailCertificate certificate, ILogger<MailListener> logger) : BackgroundService
{
    private readonly Visitors _visitors = new(options.MaxConnections, options.MaxConnectionsPerAddress);
    private TcpListener? _listener;

    /// <summary>Where it listens.</summary>
    public IPEndPoint Endpoint => (IPEndPoint)(_listener ?? throw new InvalidOperationException("No mail is received.")).LocalEndpoint;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Port is not { } port) return Task.CompletedTask;

        _listener = options.Address is { } address ? new(IPAddress.Parse(address), port) : TcpListener.Create(port);
        _listener.Start();
        Log.Listening(logger, Endpoint);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                var socket = await _listener!.AcceptSocketAsync(stoppingToken);
                _ = Task.Run(() => ServeAsync(socket, stoppingToken), CancellationToken.None);
            }
        }
        catch (OperationCanceledException)
        {
            _listener!.Stop();
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "A conversation is a boundary: what goes wrong in one must not end the others.")]
    private async Task ServeAsync(Socket socket, CancellationToken stop)
    {
        var visitor = ((IPEndPoint)socket.RemoteEndPoint!).Address is { IsIPv4MappedToIPv6: true } mapped
            ? mapped.MapToIPv4() : ((IPEndPoint)socket.RemoteEndPoint).Address;
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            if (!_visitors.TryEnter(visitor))
            {
                await stream.WriteAsync("421 4.7.0 Too many connections, come back later\r\n"u8.ToArray(), stop);
                return;
            }

            await TalkAsync(stream, visitor, stop);
        }
        catch (Exception e) when (e is IOException or SocketException or AuthenticationException or OperationCanceledException)
        {
            Log.Ended(logger, visitor, e.GetType().Name);
        }
        catch (Exception e)
        {
            Log.Failed(logger, visitor, e);
        }
    }

    private async Task TalkAsync(Stream stream, IPAddress visitor, CancellationToken stop)
    {
        try
        {
            await new SmtpConversation(options, letters, certificate).RunAsync(stream, visitor, stop);
        }
        finally
        {
            _visitors.Leave(visitor);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Mail is received at {Endpoint}.")]
        public static partial void Listening(ILogger logger, IPEndPoint endpoint);

        [LoggerMessage(LogLevel.Debug, "The mail server at {Visitor} broke off: {Reason}.")]
        public static partial void Ended(ILogger logger, IPAddress visitor, string reason);

        [LoggerMessage(LogLevel.Error, "The conversation with the mail server at {Visitor} failed unexpectedly.")]
        public static partial void Failed(ILogger logger, IPAddress visitor, Exception failure);
    }
}
