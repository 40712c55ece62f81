using Carillon.Server.Configuration;

namespace Carillon.Server.InboundParse.Replies;

/// <summary>Passes answers on beside the API, where mail is received.</summary>
internal sealed class ReplyOffice(InboundMailOptions options, ReplyPost post) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.IsListening ? Task.Run(() => post.RunAsync(stoppingToken), CancellationToken.None) : Task.CompletedTask;
}
