using Carillon.Data;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Tests.Data;

public sealed class ContextTests
{
    [Fact]
    public async Task Who_gets_a_context_that_was_used_before_gets_nothing_of_whoever_used_it()
    {
        await using var database = new Database("Data Source=:memory:");
        var heard = 0;
        CarillonDb used;
        await using (used = database.Open("64f0c0ffee0000000000000a"))
        {
            used.Committed += () => heard++;
            await CommitAsync(used);
        }

        await using var again = database.Open(new CurrentEnvironment());
        await CommitAsync(again);

        Assert.Same(used, again);
        Assert.Equal(("", 1), (again.EnvironmentId, heard));
    }

    private static async Task CommitAsync(CarillonDb db)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
    }
}
