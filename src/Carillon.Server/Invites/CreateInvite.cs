using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.Invites;

internal static class CreateInvite
{
    public sealed record Request(string Email) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(fields["email"].NotEmpty().Email().Text);
    }

    public static async Task<Results<Answer<Invited>, Problem>> Handle(
        Body<Request> body, InviteWriter writer, Ids ids, CancellationToken ct) =>
        await writer.InviteAsync([body.Value.Email], ids, ct) is [true] ? Answer.Of(new Invited()) : Problem.BadRequest(InviteWriter.AlreadyInvited);
}

internal sealed record Invited(bool Success = true);
