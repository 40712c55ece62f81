using System.Text.Json.Serialization;
using Carillon.Data.Users;

namespace Carillon.Server.Auth;

internal sealed record UserView
{
    [JsonPropertyName("_id")]
    public required string ObjectId { get; init; }
    public required string FirstName { get; init; }
    public string? LastName { get; init; }
    public required string Email { get; init; }
    public string? ProfilePicture { get; init; }
    public string? JobTitle { get; init; }

    public int ShowOnBoardingTour { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    [JsonPropertyName("__v")]
    public int DocumentVersion { get; }
    public string Id => ObjectId;

    public static UserView Of(User user) => new()
    {
        ObjectId = user.Id,
        FirstName = user.FirstName,
        LastName = user.LastName,
        Email = user.Email,
        ProfilePicture = user.ProfilePicture,
        JobTitle = user.JobTitle,
        ShowOnBoardingTour = user.ShowOnBoardingTour,
        CreatedAt = user.CreatedAt,
        UpdatedAt = user.UpdatedAt,
    };
}

internal sealed record TokenView(string Token);
