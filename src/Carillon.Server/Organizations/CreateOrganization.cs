using Carillon.Data;
using Carillon.Data.Organizations;
using Carillon.Data.Users;
using Carillon.Server.Configuration;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Organizations;

internal static class CreateOrganization
{
    public sealed record Request(string Name, string? Logo, string? Domain, string? JobTitle, IReadOnlyList<string>? Language)
        : IRequest<Request>
    {
        public required ProductUseCases UseCases { get; init; }

        public static Request Read(Fields fields) => new(
            fields.RequiredString("name"),
            fields.OptionalString("logo"),
            fields.OptionalString("domain"),
            fields["jobTitle"].Optional().OneOf(JobTitles.All).TextOrNull,
            fields.OptionalStrings("language"))
        {
            UseCases = fields.OptionalUseCases("productUseCases"),
        };
    }

    public static async Task<Answer<OrganizationView>> Handle(
        Body<Request> body, Caller caller, CarillonDb db, Founding founding, ServerOptions options, CancellationToken ct)
    {
        var wanted = body.Value;
        var founder = await db.Users.SingleAsync(user => user.Id == caller.UserId, ct);
        founder.JobTitle = wanted.JobTitle ?? founder.JobTitle;

        var organization = founding.Found(db, wanted.Name, founder.Id);
        organization.Logo = wanted.Logo;
        organization.Domain = wanted.Domain;
        organization.Language = wanted.Language ?? [];
        organization.ProductUseCases = wanted.UseCases;
        await db.SaveChangesAsync(ct);

        return Answer.Of(OrganizationView.Of(organization, options.ServiceLevel));
    }
}
