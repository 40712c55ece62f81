namespace Carillon.Server.Storage;

/// <summary>Somewhere that files are sent to by whoever has an address for it, and read from by everybody.</summary>
internal interface IFileStore
{
    UploadAddress AddressFor(FileName file);
}

/// <summary>Where to put a file, for an hour, and where it is then found.</summary>
internal sealed record UploadAddress(string SignedUrl, string Path)
{
    public static readonly TimeSpan Validity = TimeSpan.FromHours(1);
}
