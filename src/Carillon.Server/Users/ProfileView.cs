using Carillon.Data.Users;
using Carillon.Server.Http.Views;

namespace Carillon.Server.Users;

/// <summary>A user as they see themselves. What opens the account is not part of it, hashed or not.</summary>
internal sealed record ProfileView : UserFields
{
    private ProfileView(User user)
        : base(user) =>
        (ShowOnBoarding, HasPassword) = (user.ShowOnBoarding, user.PasswordHash is not null);

    public bool? ShowOnBoarding { get; }
    public bool HasPassword { get; }

    public static ProfileView Of(User user) => new(user);
}
