using Carillon.Server.Http.Answers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.PreferencePage;

/// <summary>Shows somebody what they receive, with a switch for each choice they have.</summary>
internal static class ShowPage
{
    public const string Saved = "saved";

    public static async Task<Results<ChoicesPage, Problem>> Handle(string token, HttpRequest request, PageOwner owner, CancellationToken ct) =>
        await owner.FindAsync(token, ct) is { } content
            ? new ChoicesPage(content, PageWords.For(content.Locale, request.Headers.AcceptLanguage), wasSaved: request.Query.ContainsKey(Saved))
            : PageOwner.Nobody;
}
