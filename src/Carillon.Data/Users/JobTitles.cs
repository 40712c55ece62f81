namespace Carillon.Data.Users;

/// <summary>What a user may say to be, in the order in which clients are told.</summary>
public static class JobTitles
{
    public static IReadOnlyList<string> All { get; } =
    [
        "engineer", "engineering_manager", "architect", "product_manager", "designer",
        "cxo_founder", "marketing_manager", "student", "cxo", "other",
    ];
}
