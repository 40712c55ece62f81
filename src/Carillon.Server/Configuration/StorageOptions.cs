using System.ComponentModel.DataAnnotations;

namespace Carillon.Server.Configuration;

/// <summary>Where uploaded pictures are kept. Section <c>Carillon:Storage</c>.</summary>
internal sealed class StorageOptions
{
    public const string Section = "Carillon:Storage";

    /// <summary>On this machine's disk; beside the embedded database where it is not set.</summary>
    public string? Folder { get; set; }

    /// <summary>The largest file that is taken.</summary>
    [Range(1024, 100 * 1024 * 1024, ErrorMessage = "Carillon:Storage:MaxBytes must be a number from 1024 to 104857600.")]
    public int MaxBytes { get; set; } = 5 * 1024 * 1024;

    /// <summary>What the addresses of files begin with, where something stands in front of them.</summary>
    [Url(ErrorMessage = "Carillon:Storage:PublicUrl must be an absolute http(s) address such as https://cdn.example.com.")]
    public string? PublicUrl { get; set; }
}
