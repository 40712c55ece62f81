using Carillon.Server.Configuration;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;

namespace Carillon.Server.InboxDemo;

/// <summary>Where a newcomer sees a notification arrive: /inbox-demo, for development, and only where the page was built.</summary>
internal static class InboxDemoEndpoints
{
    extension(IEndpointRouteBuilder app)
    {
        public void MapInboxDemo(InboxDemoOptions options)
        {
            if (options.Folder is null) return;

            var demo = app.MapGroup("/inbox-demo")
                .Public("The page asks for a key itself, and calls the API with it.")
                .ExcludeFromDescription();

            demo.MapGet("/", (InboxDemoOptions options) => new PageFile(options, "index.html"));
            demo.MapGet("/{file}", (string file, InboxDemoOptions options) => PageFile.Find(options, file) ?? (IResult)Problem.NotFound());
        }
    }
}
