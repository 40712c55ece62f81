using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.Auth;

/// <summary>Where the link in the mail leads whoever forgot their password: a page to write a new one on.</summary>
internal static class ResetPage
{
    public const string Failed = "Your password was not changed";

    public sealed record Request(string Password) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(fields.NewPassword("password"));
    }

    public static async Task<Results<HtmlPage, Problem>> Show(string token, PasswordResets resets, CancellationToken ct) =>
        await resets.ProblemWithAsync(token, ct) is { } problem
            ? problem
            : new HtmlPage(
                StatusCodes.Status200OK,
                "Choose a new password",
                ["It has at least 8 characters, among them an uppercase letter, a lowercase letter, a number and one of #?!@$%^&*()-."],
                button: "Change password") { Fields = [PageField.NewPassword] };

    public static async Task<Results<HtmlPage, Problem>> Handle(string token, Body<Request> body, PasswordResets resets, CancellationToken ct)
    {
        var (_, problem) = await resets.ResetAsync(token, body.Value.Password, ct);
        return problem is not null
            ? problem
            : new HtmlPage(StatusCodes.Status200OK, "Your password is changed", ["You can sign in with it now."]);
    }
}
