namespace Carillon.Data.Users;

/// <summary>One mailbox, one spelling: big providers deliver several spellings to the same person, who is one user here.</summary>
public static class EmailAddress
{
    public static string Normalize(string email)
    {
        var lower = email.ToLowerInvariant();
        if (lower.Split('@') is not [var name, var domain]) return lower;

        return domain switch
        {
            "gmail.com" or "googlemail.com" => $"{WithoutTag(name).Replace(".", "", StringComparison.Ordinal)}@gmail.com",
            "live.com" => $"{WithoutTag(name).Replace(".", "", StringComparison.Ordinal)}@live.com",
            "hotmail.com" or "outlook.com" => $"{WithoutTag(name)}@{domain}",
            _ => lower,
        };
    }

    private static string WithoutTag(string name) => name.Split('+')[0];
}
