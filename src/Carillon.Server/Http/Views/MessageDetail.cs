namespace Carillon.Server.Http.Views;

/// <summary>How much of messages is shown; each shows what those above it do.</summary>
internal enum MessageDetail
{
    /// <summary>The rows alone, as marking answers.</summary>
    Bare,

    /// <summary>Also <c>id</c>, for one message by itself.</summary>
    One,

    /// <summary>Also who it is for and from, as lists show.</summary>
    People,

    /// <summary>Also the workflow, as feeds show.</summary>
    Workflow,
}
