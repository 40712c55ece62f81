namespace Carillon.Data.Users;

public sealed class User
{
    public required string Id { get; init; }
    public required string Email { get; set; }
    public required string FirstName { get; set; }
    public string? LastName { get; set; }
    public string? ProfilePicture { get; set; }
    public string? JobTitle { get; set; }
    public bool? ShowOnBoarding { get; set; }
    public int ShowOnBoardingTour { get; set; }
    public string? PasswordHash { get; set; }
    public int FailedLogins { get; set; }
    public DateTimeOffset? LastFailedLoginAt { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }
}
