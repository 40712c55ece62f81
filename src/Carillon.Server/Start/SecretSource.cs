using System.Security.Cryptography;
using Carillon.Data;
using Carillon.Data.Secrets;
using Carillon.Server.Configuration;
using Microsoft.Extensions.Options;

namespace Carillon.Server.Start;

/// <summary>
/// The master secret: as configured; else, beside an embedded store, one that is made once and kept in a file only we may read.
/// On a server it is never made up: a second node would make another, and could open nothing the first one sealed.
/// </summary>
internal static class SecretSource
{
    private const string FileName = "secret";

    public static MasterSecret Load(IOptions<ServerOptions> options, Database database)
    {
        if (options.Value.Secret is { } configured) return new(configured);

        if (database.DataFolder is not { } folder)
            throw new CannotStartException("Carillon:Secret is not set. On PostgreSQL, set Carillon__Secret to at least 32 random characters, the same on every node.");

        Directory.CreateDirectory(folder);
        return new(ReadOrCreate(Path.Combine(folder, FileName)));
    }

    private static string ReadOrCreate(string path)
    {
        if (!File.Exists(path)) Create(path);

        var secret = File.ReadAllText(path).Trim();
        return secret.Length >= MasterSecret.MinimumLength
            ? secret
            : throw new CannotStartException($"The secret in {path} is too short. Restore the file from your backup.");
    }

    // Written aside and renamed, so that a crash in between cannot leave half a secret behind.
    private static void Create(string path)
    {
        var draft = path + ".new";
        var settings = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) settings.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        using (var file = new FileStream(draft, settings))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(RandomNumberGenerator.GetHexString(64, lowercase: true)));
            file.Flush(flushToDisk: true);
        }
        File.Move(draft, path);
    }
}
