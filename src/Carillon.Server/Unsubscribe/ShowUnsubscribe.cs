using Carillon.Engine.Emails;
using Carillon.Server.Http.Answers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.Unsubscribe;

/// <summary>Asks before it does anything, because mail servers follow links to look what is behind them.</summary>
internal static class ShowUnsubscribe
{
    public static Results<HtmlPage, Problem> Handle(string token, UnsubscribeLinks links) =>
        links.Read(token) is null
            ? Problem.NotFound("The link is not complete")
            : new HtmlPage(StatusCodes.Status200OK, "Unsubscribe", ["You will get no more mails of this kind."], button: "Unsubscribe");
}
