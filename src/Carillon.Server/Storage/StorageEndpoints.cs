using Carillon.Server.Http.Access;
using Carillon.Server.Http.RateLimits;

namespace Carillon.Server.Storage;

/// <summary>Every route under /v1/storage. Where files are kept in a bucket, nothing is ever found under <c>/files</c>.</summary>
internal static class StorageEndpoints
{
    extension(IEndpointRouteBuilder api)
    {
        public void MapStorage()
        {
            var storage = api.MapGroup("/storage").WithTags("Storage").ExcludeFromDescription();
            storage.MapGet("/upload-url", GetUploadUrl.Handle).RequireKeyOrUser();

            var files = storage.MapGroup("/files");
            files.MapPut("/{**file}", PutFile.Handle).Public("The address is signed.");
            files.MapGet("/{**file}", GetFile.Handle).Public("Pictures are shown in mails, to people who have no account.").AtAnyRate();
        }
    }
}
