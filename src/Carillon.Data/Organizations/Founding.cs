using System.Security.Cryptography;
using Carillon.Data.Environments;
using Carillon.Data.Integrations;
using Carillon.Data.Layouts;
using Carillon.Data.Secrets;
using Carillon.Data.Workflows;

namespace Carillon.Data.Organizations;

/// <summary>
/// What every organization begins with: its founder as admin, and Development and Production, each with a group, a layout, the inbox and a key.
/// </summary>
public sealed class Founding(Ids ids, SecretBox box, TimeProvider clock)
{
    private const string NanoId = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz-";
    private const string ShortId = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>Adds everything to the context; saving it, all or nothing, is the caller's.</summary>
    public Organization Found(CarillonDb db, string name, string founderId)
    {
        var now = clock.GetUtcNow();
        var organization = new Organization { Id = ids.New(), Name = name, CreatedAt = now, UpdatedAt = now };
        db.Add(organization);
        db.Add(new Member
        {
            Id = ids.New(),
            OrganizationId = organization.Id,
            UserId = founderId,
            Roles = [Member.Admin],
            Status = MemberStatus.Active,
            CreatedAt = now,
            UpdatedAt = now,
        });

        var development = AddEnvironment(db, organization.Id, AppEnvironment.Development, founderId);
        AddEnvironment(db, organization.Id, AppEnvironment.Production, founderId, development);
        return organization;
    }

    /// <summary>An environment beside the first two, with the same beginnings; saving it is the caller's.</summary>
    public (AppEnvironment Environment, ApiKey Key) AddAnother(CarillonDb db, string organizationId, string name, string userId)
    {
        var environment = AddEnvironment(db, organizationId, name, userId).Environment;
        return (environment, db.ApiKeys.Local.Single(key => key.EnvironmentId == environment.Id));
    }

    public NewApiKey NewKey(AppEnvironment environment, string userId) =>
        NewApiKey.For(environment, userId, ids, box, clock.GetUtcNow());

    /// <summary>Of what begins equal in both, the child's says which of the parent's it is equal to.</summary>
    private NewEnvironment AddEnvironment(
        CarillonDb db, string organizationId, string name, string founderId, NewEnvironment? parent = null)
    {
        var now = clock.GetUtcNow();
        var environment = new AppEnvironment
        {
            Id = ids.New(),
            OrganizationId = organizationId,
            Name = name,
            Identifier = RandomNumberGenerator.GetString(NanoId, 12),
            ParentId = parent?.Environment.Id,
            CreatedAt = now,
            UpdatedAt = now,
        };
        var group = new NotificationGroup
        {
            Id = ids.New(),
            EnvironmentId = environment.Id,
            OrganizationId = organizationId,
            Name = NotificationGroup.General,
            ParentId = parent?.Group.Id,
            CreatedAt = now,
            UpdatedAt = now,
        };

        var layout = DefaultLayout.For(environment.Id, organizationId, founderId, ids, now);
        layout.ParentId = parent?.Layout.Id;

        db.Add(environment);
        db.Add(group);
        db.Add(layout);
        db.Add(Inbox(environment, now));
        db.Add(NewKey(environment, founderId).Row);
        return new(environment, group, layout);
    }

    private Integration Inbox(AppEnvironment environment, DateTimeOffset now) => new()
    {
        Id = ids.New(),
        EnvironmentId = environment.Id,
        OrganizationId = environment.OrganizationId,
        ProviderId = "novu",
        Channel = "in_app",
        Name = "Novu In-App",
        Identifier = "novu-in-app-" + RandomNumberGenerator.GetString(ShortId, 9),
        Cipher = box.Seal(Purpose.IntegrationCredentials, "{}"),
        Active = true,
        CreatedAt = now,
        UpdatedAt = now,
    };

    private sealed record NewEnvironment(AppEnvironment Environment, NotificationGroup Group, Layout Layout);
}
