using Carillon.Data.Execution;
using Carillon.Data.Mapping;
using Carillon.Data.Outgoing;
using Carillon.Data.Subscribers;

namespace Carillon.Engine.Triggering;

/// <summary>
/// A claimed event with what its columns spell out, kept between its pages so that a large body is read once. It moves on only
/// when a page has been committed, so that a page that failed can be made again.
/// </summary>
internal sealed class EventWork
{
    private const int MostProblems = 1_000;

    public EventWork(Event e, long token)
    {
        (Event, Token) = (e, token);
        Recipients = RecipientList.Of(e);
        Content = JsonColumn.Read<EventContent>(e.Content);
        Cursor = e.Cursor is null ? new() : JsonColumn.Read<EventCursor>(e.Cursor);
        Problems = e.Problems is null ? Recipients.Problems : JsonColumn.Read<List<RecipientProblem>>(e.Problems);
    }

    public Event Event { get; }
    public long Token { get; }
    public RecipientList Recipients { get; }
    public EventContent Content { get; }

    /// <summary>Where the next page begins; null when there is none.</summary>
    public EventCursor? Cursor { get; private set; }

    /// <summary>How many pages of it have been committed since it was claimed.</summary>
    public int Pages { get; private set; }

    /// <summary>Whether no page of it has been committed.</summary>
    public bool IsNew => Cursor == new EventCursor();
    public IReadOnlyList<RecipientProblem> Problems { get; private set; }
    public Subscriber? Actor { get; set; }

    /// <summary>Who wants to hear what happens in its environment, as this page knows it.</summary>
    public IReadOnlyList<Outlet> Outlets { get; set; } = [];

    /// <summary>Whether somebody acted who has not been looked up yet.</summary>
    public bool NeedsActor => Content.Actor is not null && Actor is null;

    /// <summary>Ids of the topics looked up so far, null for those that do not exist.</summary>
    public Dictionary<string, string?> TopicIds { get; } = [];

    public void MoveOn(RecipientPage page)
    {
        Cursor = page.Next;
        Pages++;
        Problems = [.. Problems, .. page.Problems];
    }

    /// <summary>What goes into the row: bounded, because a bad list can be as long as a good one.</summary>
    public string? ProblemsWith(IReadOnlyList<RecipientProblem> more)
    {
        List<RecipientProblem> all = [.. Problems, .. more];
        if (all.Count > MostProblems) all = [.. all.Take(MostProblems), new("", $"and {all.Count - MostProblems} more")];
        return all.Count == 0 ? null : JsonColumn.Write(all);
    }
}
