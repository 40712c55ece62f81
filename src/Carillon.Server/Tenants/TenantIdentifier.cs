using Carillon.Data.Tenants;
using Carillon.Server.Http.Input;

namespace Carillon.Server.Tenants;

/// <summary>The name that an application knows a tenant by: any text but none.</summary>
internal static class TenantIdentifier
{
    public static Field Read(Field identifier) => identifier
        .NotEmpty()
        .String()
        .Must(
            identifier.Text.Length <= Tenant.LongestIdentifier,
            $"identifier must be shorter than or equal to {Tenant.LongestIdentifier} characters");
}
