using Microsoft.EntityFrameworkCore;

namespace Carillon.Data;

/// <summary>The model on PostgreSQL.</summary>
public sealed class PostgresCarillonDb(DbContextOptions<PostgresCarillonDb> options) : CarillonDb(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);

        // Ids are compared and sorted byte by byte; a language's collation would be slower and might disagree with SQLite.
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            if (property.ClrType == typeof(string) && IsIdentifier(property.Name))
                property.SetCollation("C");
        }
    }

    private static bool IsIdentifier(string property) =>
        property.EndsWith("Id", StringComparison.Ordinal) || property is "Key" or "Hash" or "Nonce" or "Identifier" or "Route";
}
