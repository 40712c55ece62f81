namespace Carillon.Tests.Support;

/// <summary>What is worth reading though the test passed; <c>./test</c> prints it at its end.</summary>
internal static class Figures
{
    public static void Write(string name, string text)
    {
        var folder = Repository.Folder("artifacts", "figures");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, $"{name}.txt"), text + "\n");
    }
}
