using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;

namespace Carillon.Server.Invites;

internal static class CreateInvites
{
    private const int Most = 100;

    public sealed record Request(IReadOnlyList<CreateInvite.Request> Invitees) : IRequest<Request>
    {
        public static Request Read(Fields fields) =>
            new(fields["invitees"].ArrayNotEmpty().Array().NotLonger(Most).Items(CreateInvite.Request.Read));
    }

    public sealed record View(bool Success, string Email, string? FailReason);

    public static async Task<Answer<IReadOnlyList<View>>> Handle(Body<Request> body, InviteWriter writer, Ids ids, CancellationToken ct)
    {
        var addresses = body.Value.Invitees.Select(invitee => invitee.Email).ToList();
        var invited = await writer.InviteAsync(addresses, ids, ct);
        return Answer.Of<IReadOnlyList<View>>(
            [.. addresses.Zip(invited, (address, isNew) => new View(isNew, address, isNew ? null : InviteWriter.AlreadyInvited))]);
    }
}
