using Carillon.Data;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.Auth;

/// <summary>Sets the password that somebody chose who followed the link in a mail, and signs them in.</summary>
internal static class ResetPassword
{
    public sealed record Request(string Password, string Token) : IRequest<Request>
    {
        public static Request Read(Fields fields)
        {
            var password = fields.NewPassword("password");
            var token = fields["token"];
            return new(password, token.Must(IsToken(token.TextOrNull), PasswordResets.BadToken).Text);
        }

        private static bool IsToken(string? text) => Guid.TryParseExact(text, "D", out var token) && token.Version == 4;
    }

    public static async Task<Results<Answer<TokenView>, Problem>> Handle(
        Body<Request> body, PasswordResets resets, CarillonDb db, UserTokens tokens, CancellationToken ct)
    {
        var (user, problem) = await resets.ResetAsync(body.Value.Token, body.Value.Password, ct);
        return problem is not null ? problem : Answer.Of(new TokenView(await FirstToken.MintAsync(db, tokens, user!, ct)));
    }
}
