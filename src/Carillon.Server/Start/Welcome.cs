namespace Carillon.Server.Start;

/// <summary>
/// What a person who started the server wants to see. Goes to the console and never to the log: the key must not end up
/// where logs are collected.
/// </summary>
internal static class Welcome
{
    public static void ShowWhenListening(WebApplication app, FirstKey? key) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        var address = app.Urls.FirstOrDefault();
        if (address is null) return;

        Console.Out.WriteLine($"Carillon listens on {address}");
        Console.Out.WriteLine($"API page:              {address}/api");
        if (key is null) return;

        Console.Out.WriteLine($"Application identifier: {key.ApplicationIdentifier}");
        Console.Out.WriteLine($"API key:               {key.ApiKey}   (shown only this once)");
    });
}
