using System.Text.Json;

namespace Carillon.Contract.Clients;

/// <summary>One run of all libraries, for all tests of a class.</summary>
public abstract class LibraryOutcome : IAsyncLifetime
{
    private JsonElement _libraries;

    public async ValueTask InitializeAsync() => _libraries = await TryAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    internal JsonElement Of(string library) => _libraries.GetProperty(library);

    private protected abstract Task<JsonElement> TryAsync();

    private protected static Task<JsonElement> TryAsync(Site site) => InboxFolder.RunAsync("libraries.mjs", site.Address, site.Client.ApiKey);
}
