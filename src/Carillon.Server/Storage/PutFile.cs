using Carillon.Server.Configuration;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.Storage;

/// <summary>Takes a picture from whoever has an address for it. What it is, is told from its first bytes and not from what it is called.</summary>
internal static class PutFile
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF];

    public sealed record Request(string? Expires, string? Signature) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(fields.OptionalString("expires"), fields.OptionalString("signature"));
    }

    public static async Task<Results<Ok, Problem>> Handle(
        string file, Query<Request> query, HttpRequest request, Disk disk, StorageOptions options, CancellationToken ct)
    {
        if (FileName.Parse(file) is not { } name || !disk.Accepts(name, query.Value.Expires, query.Value.Signature))
            return Problem.Forbidden("The address is not one to upload to, or no longer");

        if (await ReadAsync(request, options.MaxBytes, ct) is not { } content) return Problem.TooLarge();
        if (!content.AsSpan().StartsWith(name.ContentType == "image/png" ? Png : Jpeg))
            return Problem.UnsupportedMediaType($"The file is not of the type {name.ContentType}");

        await disk.WriteAsync(name, content, ct);
        return TypedResults.Ok();
    }

    /// <summary>The whole file; null when there is more of it than is taken.</summary>
    private static async Task<byte[]?> ReadAsync(HttpRequest request, int most, CancellationToken ct)
    {
        if (request.ContentLength > most) return null;

        using var content = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await request.Body.ReadAsync(buffer, ct) is var read and > 0)
        {
            if (content.Length + read > most) return null;
            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }
}
