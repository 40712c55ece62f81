using Microsoft.EntityFrameworkCore;

namespace Carillon.Data;

/// <summary>The model on the embedded store.</summary>
public sealed class SqliteCarillonDb(DbContextOptions<SqliteCarillonDb> options, CurrentEnvironment environment)
    : CarillonDb(options, environment);
