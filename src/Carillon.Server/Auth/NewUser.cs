using Carillon.Data;
using Carillon.Data.Users;

namespace Carillon.Server.Auth;

internal sealed class NewUser(Ids ids, Passwords passwords, TimeProvider clock)
{
    public User Of(string email, string password, string firstName, string? lastName)
    {
        var now = clock.GetUtcNow();
        return new()
        {
            Id = ids.New(),
            Email = EmailAddress.Normalize(email),
            FirstName = firstName,
            LastName = lastName,
            PasswordHash = passwords.Hash(password),
            CreatedAt = now,
            UpdatedAt = now,
        };
    }
}
