using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;

namespace Carillon.Server.Http.Answers;

/// <summary>
/// A short page for somebody who arrived by a link. It loads nothing, and runs nothing but the script it was made with; its button, where
/// it has one, posts to where it is what was written into the fields.
/// </summary>
internal sealed class HtmlPage(int status, string title, IReadOnlyList<string> lines, string script = "", string? button = null) : IResult
{
    private const string Style = "body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:20vh auto;padding:0 1rem;color:#222;background:#fff}"
        + "label{display:block;margin:0 0 1rem}input{display:block;font:inherit;width:100%;box-sizing:border-box;padding:.4rem;border:1px solid #666}"
        + "button{font:inherit;padding:.4rem 1rem}";

    private static readonly string StyleSource = SourceOf(Style);

    public IReadOnlyList<PageField> Fields { get; init; } = [];

    /// <summary>Where somebody may want to go on to.</summary>
    public (string Text, string Address)? Link { get; init; }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src {StyleSource}; script-src {(script.Length == 0 ? "'none'" : SourceOf(script))}; "
            + $"base-uri 'none'; form-action {(button is null ? "'none'" : "'self'")}; frame-ancestors 'none'";
        response.Headers.CacheControl = "no-store";
        Visit.StayDiscreet(response);
        await response.WriteAsync(Html(), httpContext.RequestAborted);
    }

    private string Html() => $"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{Encoded(title)}</title><style>{Style}</style></head>
        <body>
        <h1>{Encoded(title)}</h1>
        {string.Concat(lines.Select(line => $"<p>{Encoded(line)}</p>\n"))}{(button is null ? "" : $"<form method=\"post\">\n{string.Concat(Fields.Select(Html))}<button>{Encoded(button)}</button></form>\n")}{(Link is { } link ? $"<p><a href=\"{Encoded(link.Address)}\">{Encoded(link.Text)}</a></p>\n" : "")}{(script.Length == 0 ? "" : $"<script>{script}</script>\n")}</body>
        </html>

        """;

    private static string Html(PageField field) =>
        $"<label>{Encoded(field.Label)} <input name=\"{field.Name}\" type=\"{field.Type}\" autocomplete=\"{field.Autocomplete}\" required></label>\n";

    private static string Encoded(string text) => HtmlEncoder.Default.Encode(text);

    private static string SourceOf(string content) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}'";
}

/// <summary>What somebody is to write on a page; <paramref name="Autocomplete"/> tells password managers and browsers what it is.</summary>
internal sealed record PageField(string Name, string Label, string Type, string Autocomplete)
{
    public static PageField NewPassword { get; } = new("password", "New password", "password", "new-password");
    public static PageField Password { get; } = new("password", "Password", "password", "current-password");
    public static PageField FirstName { get; } = new("firstName", "First name", "text", "given-name");
    public static PageField LastName { get; } = new("lastName", "Last name", "text", "family-name");
}
