using Carillon.Data;
using Npgsql;

namespace Carillon.Tests.Data;

public sealed class PostgresSessionsTests
{
    [Theory]
    [InlineData("Host=db", GssEncryptionMode.Disable)]
    [InlineData("Host=db;GSS Encryption Mode=Require", GssEncryptionMode.Require)]
    [InlineData("Host=db;GssEncryptionMode=Prefer", GssEncryptionMode.Prefer)]
    public void Kerberos_seals_a_connection_where_that_was_said(string connectionString, GssEncryptionMode mode) =>
        Assert.Equal(mode, PostgresSessions.Unsealed(connectionString).GssEncryptionMode);
}
