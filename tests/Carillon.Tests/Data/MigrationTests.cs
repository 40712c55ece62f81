using Carillon.Data;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Tests.Data;

public sealed class MigrationTests
{
    // Compared without a database: nothing is connected to.
    [Theory, InlineData("Data Source=:memory:"), InlineData("Host=localhost")]
    public async Task Migrations_lead_to_the_model(string connectionString)
    {
        await using var database = new Database(connectionString);
        await using var db = database.Open(new CurrentEnvironment());

        Assert.False(db.Database.HasPendingModelChanges(), "The model has changed: eng/migrations makes the migration that is missing.");
    }
}
