namespace Carillon.Data.Changes;

/// <summary>The contract's words for what a change is about.</summary>
public static class ChangeType
{
    public const string Feed = "Feed";
    public const string Group = "NotificationGroup";
    public const string Layout = "Layout";

    /// <summary>That a layout became the default, or no longer is.</summary>
    public const string DefaultLayout = "DefaultLayout";

    /// <summary>What one step of a workflow says.</summary>
    public const string Template = "MessageTemplate";
    public const string Workflow = "NotificationTemplate";
}
