using System.Text.Json.Serialization;
using Carillon.Data.Users;
using Carillon.Server.Http.Views;

namespace Carillon.Server.Auth;

internal sealed record UserView : UserFields
{
    private UserView(User user)
        : base(user) =>
        (ShowOnBoardingTour, UpdatedAt) = (user.ShowOnBoardingTour, user.UpdatedAt);

    public int ShowOnBoardingTour { get; }
    public DateTimeOffset UpdatedAt { get; }

    [JsonPropertyName("__v")]
    public int DocumentVersion { get; }
    public string Id => ObjectId;

    public static UserView Of(User user) => new(user);
}

internal sealed record TokenView(string Token);
