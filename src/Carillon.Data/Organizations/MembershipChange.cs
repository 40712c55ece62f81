using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Carillon.Data.Organizations;

/// <summary>
/// Who is in an organization, and what opens it, changes one request after another: whoever looks whether an admin or a key is
/// left must not be overtaken by somebody who takes away the other one.
/// </summary>
public static class MembershipChange
{
    extension(CarillonDb db)
    {
        /// <summary>Writing the organization's row, if only as it was, keeps everybody else waiting until the end.</summary>
        public async Task<IDbContextTransaction> BeginMembershipChangeAsync(string organizationId, CancellationToken ct)
        {
            var change = await db.Database.BeginTransactionAsync(ct);
            await db.Organizations
                .Where(organization => organization.Id == organizationId)
                .ExecuteUpdateAsync(row => row.SetProperty(organization => organization.Name, organization => organization.Name), ct);

            // What was read before may have changed while we waited, and would be found again instead of what is there now.
            db.ChangeTracker.Clear();
            return change;
        }
    }
}
