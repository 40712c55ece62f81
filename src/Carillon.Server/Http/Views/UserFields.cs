using System.Text.Json.Serialization;
using Carillon.Data.Users;

namespace Carillon.Server.Http.Views;

/// <summary>What every view of a user begins with.</summary>
internal abstract record UserFields
{
    protected UserFields(User user)
    {
        ObjectId = user.Id;
        FirstName = user.FirstName;
        LastName = user.LastName;
        Email = user.Email;
        ProfilePicture = user.ProfilePicture;
        JobTitle = user.JobTitle;
        CreatedAt = user.CreatedAt;
    }

    [JsonPropertyName("_id")]
    public string ObjectId { get; }
    public string FirstName { get; }
    public string? LastName { get; }
    public string Email { get; }
    public string? ProfilePicture { get; }
    public string? JobTitle { get; }
    public DateTimeOffset CreatedAt { get; }
}
