using System.ComponentModel.DataAnnotations;

namespace Carillon.Server.Configuration;

/// <summary>A bucket that speaks S3, in place of the disk. Section <c>Carillon:S3</c>.</summary>
internal sealed class S3Options : IValidatableObject
{
    public const string Section = "Carillon:S3";

    /// <summary>With a bucket, files go there.</summary>
    public string? Bucket { get; set; }

    /// <summary>The server of the bucket; that of Amazon's region where it is not set.</summary>
    [Url(ErrorMessage = "Carillon:S3:Endpoint must be an absolute http(s) address such as https://s3.example.com.")]
    public string? Endpoint { get; set; }

    public string Region { get; set; } = "us-east-1";
    public string? AccessKey { get; set; }
    public string? SecretKey { get; set; }

    /// <summary>Whether each file says of itself that everybody may read it. Some buckets take no such word, and say it as a whole.</summary>
    public bool PublicRead { get; set; } = true;

    internal bool IsSet => !string.IsNullOrWhiteSpace(Bucket);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (IsSet && (string.IsNullOrEmpty(AccessKey) || string.IsNullOrEmpty(SecretKey)))
            yield return new("Carillon:S3:AccessKey and Carillon:S3:SecretKey must be set with Carillon:S3:Bucket.");
        if (IsSet && !Bucket!.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_'))
            yield return new("Carillon:S3:Bucket must be the name of a bucket.");
    }
}
