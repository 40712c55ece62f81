using Carillon.Data.Secrets;
using Carillon.Server.Http.Access;
using Microsoft.Extensions.Time.Testing;

namespace Carillon.Contract.Clients;

/// <summary>A subscriber's token as servers of tests make them, of long ago.</summary>
internal static class Expired
{
    public static string Token(string environmentId) =>
        new SubscriberTokens(new MasterSecret("a secret for tests that is long enough"), new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(50))).Mint(new()
        {
            Id = new string('0', 24),
            EnvironmentId = environmentId,
            OrganizationId = new string('0', 24),
            ExternalId = "expired",
            CreatedAt = DateTimeOffset.UnixEpoch,
            UpdatedAt = DateTimeOffset.UnixEpoch,
        });
}
