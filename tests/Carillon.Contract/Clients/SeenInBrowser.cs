using System.Text.Json;
using Carillon.Tests.Support;

namespace Carillon.Contract.Clients;

/// <summary>One site, one build of the pages and one browser, for all tests of a class. Pictures go into a folder of this name.</summary>
public abstract class SeenInBrowser : IAsyncLifetime
{
    private readonly string _name;
    private readonly Func<(string Name, string Value)[], Task<Site>> _start;
    private JsonElement _pages;

    private protected SeenInBrowser(string name, Func<(string Name, string Value)[], Task<Site>> start) => (_name, _start) = (name, start);

    public async ValueTask InitializeAsync()
    {
        var pictures = Directory.CreateDirectory(Path.Combine(Repository.Folder(), "artifacts", "inbox", _name)).FullName;
        var demo = Directory.CreateTempSubdirectory("carillon-inbox-page").FullName;
        await using var site = await _start([("Carillon__InboxDemo__Folder", demo)]);
        _pages = await InboxFolder.RunAsync("components.mjs", site.Address, site.Client.ApiKey, pictures, demo);
        Directory.Delete(demo, recursive: true);
    }

    internal JsonElement By(string page) => _pages.GetProperty(page);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
