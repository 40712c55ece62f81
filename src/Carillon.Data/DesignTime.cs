using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Carillon.Data;

/// <summary>What the migration tool needs to make a model without a server: nothing is ever connected to.</summary>
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteCarillonDb>
{
    public SqliteCarillonDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteCarillonDb>().UseSqlite("Data Source=:memory:").Options);
}

internal sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresCarillonDb>
{
    public PostgresCarillonDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresCarillonDb>().UseNpgsql("Host=localhost").Options);
}
