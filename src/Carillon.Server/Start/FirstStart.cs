using Carillon.Data;
using Carillon.Data.Environments;
using Carillon.Data.Organizations;
using Carillon.Data.Secrets;
using Carillon.Data.Users;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Start;

/// <summary>Migrates the store, and gives an empty one an organization, so that the first request can be made at once.</summary>
internal sealed class FirstStart(Database database, Founding founding, SecretBox box, Ids ids, TimeProvider clock)
{
    /// <summary>Returns the key to show, once, on a fresh embedded store; otherwise nothing.</summary>
    public async Task<FirstKey?> PrepareAsync(CancellationToken ct)
    {
        FirstKey? key = null;
        await database.PrepareAsync(async db => key = await SeedAsync(db, ct), ct);
        return database.DataFolder is null ? null : key;
    }

    private async Task<FirstKey?> SeedAsync(CarillonDb db, CancellationToken ct)
    {
        if (await db.Organizations.AnyAsync(ct)) return null;

        var now = clock.GetUtcNow();

        // Without a password nobody can sign in as this user: it only owns the first keys.
        var owner = new User
        {
            Id = ids.New(),
            Email = "owner@carillon.invalid",
            FirstName = "Carillon",
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.Add(owner);
        founding.Found(db, "Carillon", owner.Id);
        await db.SaveChangesAsync(ct);

        var development = db.Environments.Local.Single(environment => environment.Name == AppEnvironment.Development);
        var key = db.ApiKeys.Local.Single(key => key.EnvironmentId == development.Id);
        return new(development.Identifier, box.Open(Purpose.ApiKey, key.Cipher));
    }
}

internal sealed record FirstKey(string ApplicationIdentifier, string ApiKey);
