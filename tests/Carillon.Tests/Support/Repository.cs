namespace Carillon.Tests.Support;

/// <summary>The working copy that the tests were built in.</summary>
internal static class Repository
{
    public static string Folder(params IEnumerable<string> below) => Path.Combine([Root(), .. below]);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Carillon.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run from within the repository.");
        return folder.FullName;
    }
}
