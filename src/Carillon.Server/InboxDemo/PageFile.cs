using System.Collections.Frozen;
using Carillon.Server.Configuration;
using Carillon.Server.Http.Answers;

namespace Carillon.Server.InboxDemo;

/// <summary>One of the few files that the page is made of. It may call this server and no other.</summary>
internal sealed class PageFile(InboxDemoOptions options, string name) : IResult
{
    // The component styles its elements one by one, from a script.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src 'self' data: https:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        ["index.html"] = "text/html; charset=utf-8",
        ["page.js"] = "text/javascript; charset=utf-8",
        ["page.css"] = "text/css; charset=utf-8",
        ["inbox.css"] = "text/css; charset=utf-8",
    }.ToFrozenDictionary();

    public static PageFile? Find(InboxDemoOptions options, string name) => Types.ContainsKey(name) ? new(options, name) : null;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var path = Path.Combine(Path.GetFullPath(options.Folder!), name);
        if (!File.Exists(path))
        {
            await Problem.NotFound($"{name} has not been built").ExecuteAsync(httpContext);
            return;
        }

        httpContext.Response.ContentType = Types[name];
        httpContext.Response.Headers.ContentSecurityPolicy = Policy;
        await httpContext.Response.SendFileAsync(path, httpContext.RequestAborted);
    }
}
