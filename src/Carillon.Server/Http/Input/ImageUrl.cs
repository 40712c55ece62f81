namespace Carillon.Server.Http.Input;

/// <summary>The address of a picture. A server without a domain name has none to give, so a bare host is an address too.</summary>
internal static class ImageUrl
{
    private const string Message = "Logo must be a valid image URL with one of the following extensions: jpg, jpeg, png, gif, svg";

    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png", ".gif", ".svg"];

    extension(Fields fields)
    {
        public string? OptionalImageUrl(string name)
        {
            var field = fields[name].Optional();
            var url = Parse(field.TextOrNull);
            return field
                .Must(url is not null && Extensions.Contains(Path.GetExtension(url.AbsolutePath).ToLowerInvariant()), Message)
                .Must(url is not null, $"{name} must be a URL address")
                .TextOrNull;
        }
    }

    private static Uri? Parse(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && !text!.Any(char.IsWhiteSpace) ? url : null;
}
