using System.Diagnostics;

namespace Carillon.Driving;

/// <summary>A disk in memory that is full when we want it to be.</summary>
public sealed class SmallDisk : IAsyncDisposable
{
    private const int Piece = 64 * 1024;

    private readonly DirectoryInfo _mount;

    private SmallDisk(DirectoryInfo mount) => _mount = mount;

    /// <summary>Where a database may put its tables.</summary>
    public string Folder => Path.Combine(_mount.FullName, "tables");

    private string Ballast => Path.Combine(_mount.FullName, "ballast");

    /// <summary>Null where this process may not mount anything.</summary>
    public static SmallDisk? Mount(int megabytes)
    {
        var mount = Directory.CreateTempSubdirectory("carillon-disk-");
        if (!Succeeds("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", mount.FullName))
        {
            mount.Delete();
            return null;
        }

        var disk = new SmallDisk(mount);
        Directory.CreateDirectory(disk.Folder);
        if (!Succeeds("chown", "postgres", disk.Folder) || !Succeeds("chmod", "755", mount.FullName))
            throw new InvalidOperationException("There is no user named postgres to give it to.");
        return disk;
    }

    /// <summary>Takes whatever room is left.</summary>
    public void Fill()
    {
        using var ballast = File.Create(Ballast, bufferSize: 0);
        var piece = new byte[Piece];
        for (var size = piece.Length; size > 0;)
        {
            try
            {
                ballast.Write(piece, 0, size);
            }
            catch (IOException)
            {
                size /= 2;
            }
        }
    }

    public void Clear() => File.Delete(Ballast);

    public ValueTask DisposeAsync()
    {
        // Lazily: the database server may still look at it.
        Succeeds("umount", "--lazy", _mount.FullName);
        _mount.Delete();
        return ValueTask.CompletedTask;
    }

    private static bool Succeeds(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
