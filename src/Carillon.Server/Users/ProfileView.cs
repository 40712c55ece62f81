using System.Text.Json.Serialization;
using Carillon.Data.Users;

namespace Carillon.Server.Users;

/// <summary>A user as they see themselves. What opens the account is not part of it, hashed or not.</summary>
internal sealed record ProfileView
{
    [JsonPropertyName("_id")]
    public required string Id { get; init; }
    public required string FirstName { get; init; }
    public string? LastName { get; init; }
    public required string Email { get; init; }
    public string? ProfilePicture { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public bool? ShowOnBoarding { get; init; }
    public string? JobTitle { get; init; }
    public required bool HasPassword { get; init; }

    public static ProfileView Of(User user) => new()
    {
        Id = user.Id,
        FirstName = user.FirstName,
        LastName = user.LastName,
        Email = user.Email,
        ProfilePicture = user.ProfilePicture,
        CreatedAt = user.CreatedAt,
        ShowOnBoarding = user.ShowOnBoarding,
        JobTitle = user.JobTitle,
        HasPassword = user.PasswordHash is not null,
    };
}
