using Carillon.Data.Execution;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Data;

/// <summary>The model on the embedded store.</summary>
public sealed class SqliteCarillonDb(DbContextOptions<SqliteCarillonDb> options) : CarillonDb(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        // Its planner takes an environment for a handful of rows, and would rather read all of them than look for the ids of a page.
        modelBuilder.Entity<Event>().HasIndex(e => new { e.EnvironmentId, e.Id });
        base.OnModelCreating(modelBuilder);
    }
}
