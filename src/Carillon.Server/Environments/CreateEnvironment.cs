using Carillon.Data;
using Carillon.Data.Organizations;
using Carillon.Data.Secrets;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;

namespace Carillon.Server.Environments;

/// <summary>
/// Makes an environment to work in, with a group, a layout, the inbox and a key. It begins as one of its own; changing it can put it
/// below another one.
/// </summary>
internal static class CreateEnvironment
{
    public sealed record Request(string Name) : IRequest<Request>
    {
        public static Request Read(Fields fields)
        {
            var name = fields["name"].Defined().String();
            fields.OptionalMongoId("parentId");
            return new(name.Must(name.TextOrNull != "", "name should not be empty").Text);
        }
    }

    public static async Task<Answer<EnvironmentView>> Handle(
        Body<Request> body, Caller caller, CarillonDb db, Founding founding, SecretBox box, CancellationToken ct)
    {
        var (environment, key) = founding.AddAnother(db, caller.OrganizationId, body.Value.Name, caller.UserId);
        await db.SaveChangesAsync(ct);

        IReadOnlyList<ApiKeyView> keys = caller.IsAdmin ? [ApiKeyView.WithHash(key, box) with { Id = key.Id }] : [];
        return Answer.Of(EnvironmentView.Of(environment, keys) with { Id = environment.Id });
    }
}
