using Carillon.Data;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;

namespace Carillon.Server.Storage;

/// <summary>Gives out an address that takes one picture.</summary>
internal static class GetUploadUrl
{
    private const string OfUser = "USER_PROFILE";

    public sealed record Request(string Extension, string? Type) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(
            fields["extension"].OneOf("jpg", "png", "jpeg").String().Text,
            fields["type"].Optional().OneOf("BRANDING", OfUser).TextOrNull);
    }

    public static Answer<UploadAddress> Handle(Query<Request> query, Caller caller, CurrentEnvironment environment, IFileStore store)
    {
        var extension = query.Value.Extension;
        return Answer.Of(store.AddressFor(query.Value.Type == OfUser
            ? FileName.ForProfile(caller.UserId, extension)
            : FileName.ForBranding(caller.OrganizationId, environment.Id, extension)));
    }
}
