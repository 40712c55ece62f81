using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Carillon.Data;
using Carillon.Data.Secrets;
using Carillon.Server.Configuration;
using Carillon.Server.Http;

namespace Carillon.Server.Storage;

/// <summary>Files on this machine's disk, which this server takes and shows itself.</summary>
internal sealed class Disk(StorageOptions options, Database database, MasterSecret secret, PublicAddress address, TimeProvider clock) : IFileStore
{
    public const string Route = "/v1/storage/files";

    private readonly byte[] _key = secret.KeyFor("storage-upload");
    private readonly string _folder = Path.GetFullPath(options.Folder ?? Path.Combine(database.DataFolder ?? "data", "files"));

    public UploadAddress AddressFor(FileName file)
    {
        var expires = (clock.GetUtcNow() + UploadAddress.Validity).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var upload = $"{address.Root}{Route}/{file.Text}?expires={expires}&signature={SignatureOf(file, expires)}";
        return new(upload, $"{options.PublicUrl?.TrimEnd('/') ?? address.Root + Route}/{file.Text}");
    }

    /// <summary>Whether we gave out this address, and not too long ago.</summary>
    public bool Accepts(FileName file, string? expires, string? signature) =>
        long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var until)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(SignatureOf(file, expires)), Encoding.UTF8.GetBytes(signature ?? ""))
        && until > clock.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Written aside and renamed, so that nobody ever reads half a file.</summary>
    public async Task WriteAsync(FileName file, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        var path = PathOf(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = $"{path}.{RandomNumberGenerator.GetHexString(8)}";
        try
        {
            await File.WriteAllBytesAsync(draft, content, ct);
            File.Move(draft, path, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>The file on disk; null where there is none.</summary>
    public FileInfo? Find(FileName file) => new FileInfo(PathOf(file)) is { Exists: true } found ? found : null;

    private string PathOf(FileName file) => Path.Combine(_folder, file.Text);

    private string SignatureOf(FileName file, string expires) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes($"{file.Text} {expires}")));
}
