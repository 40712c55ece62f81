using Carillon.Server.Http.Answers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.Storage;

/// <summary>Shows a picture to whoever asks, on whichever page; and as nothing but a picture.</summary>
internal static class GetFile
{
    public static Results<PhysicalFileHttpResult, Problem> Handle(string file, HttpResponse response, Disk disk)
    {
        if (FileName.Parse(file) is not { } name || disk.Find(name) is not { } found) return Problem.NotFound();

        response.Headers.CacheControl = "public, max-age=86400";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        return TypedResults.PhysicalFile(found.FullName, name.ContentType, lastModified: found.LastWriteTimeUtc);
    }
}
