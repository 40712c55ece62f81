using Carillon.Server.Configuration;

namespace Carillon.Server.Storage;

/// <summary>Files in a bucket that speaks S3: they go there from the client straight, and are read from there.</summary>
internal sealed class Bucket(S3Options bucket, StorageOptions options, TimeProvider clock) : IFileStore
{
    public UploadAddress AddressFor(FileName file)
    {
        var place = new Uri($"{Root}/{file.Text}");
        var signature = new S3Signature(bucket.Region, bucket.AccessKey!, bucket.SecretKey!);
        List<(string, string)> more = [("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD"), ("x-id", "PutObject")];
        if (bucket.PublicRead) more.Add(("x-amz-acl", "public-read"));
        return new(
            signature.Presign("PUT", place, clock.GetUtcNow(), UploadAddress.Validity, more),
            $"{options.PublicUrl?.TrimEnd('/') ?? Root}/{file.Text}");
    }

    // Servers of one's own seldom have a name for each bucket.
    private string Root => bucket.Endpoint is { } server
        ? $"{server.TrimEnd('/')}/{bucket.Bucket}"
        : $"https://{bucket.Bucket}.s3.{bucket.Region}.amazonaws.com";
}
