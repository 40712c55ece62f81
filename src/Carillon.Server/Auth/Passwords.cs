using Carillon.Data.Users;
using Microsoft.AspNetCore.Identity;

namespace Carillon.Server.Auth;

/// <summary>Keeps passwords as hashes, and takes as long to say no to somebody who does not exist as to somebody who does.</summary>
internal sealed class Passwords
{
    private readonly PasswordHasher<User> _hasher = new();
    private readonly Lazy<string> _nobodys;

    public Passwords() => _nobodys = new(() => Hash("nobody's password"));

    public string Hash(string password) => _hasher.HashPassword(null!, password);

    public bool Verify(User? user, string password) =>
        _hasher.VerifyHashedPassword(null!, user?.PasswordHash ?? _nobodys.Value, password) != PasswordVerificationResult.Failed
        && user?.PasswordHash is not null;
}
