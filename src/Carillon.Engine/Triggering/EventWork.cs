using Carillon.Data.Execution;
using Carillon.Data.Mapping;
using Carillon.Data.Outgoing;
using Carillon.Data.Subscribers;

namespace Carillon.Engine.Triggering;

/// <summary>
/// A claimed event with what its columns spell out, kept between its pages so that a large body is read once. Its next page is made behind
/// the one that is being written; when that fails, it falls back to where the last committed one ended.
/// </summary>
internal sealed class EventWork
{
    private const int MostProblems = 1_000;

    private (EventCursor? Cursor, IReadOnlyList<RecipientProblem> Problems) _committed;

    public EventWork(Event e, long token)
    {
        (Event, Token) = (e, token);
        Recipients = RecipientList.Of(e);
        Content = JsonColumn.Read<EventContent>(e.Content);
        Cursor = e.Cursor is null ? new() : JsonColumn.Read<EventCursor>(e.Cursor);
        Problems = e.Problems is null ? Recipients.Problems : JsonColumn.Read<List<RecipientProblem>>(e.Problems);
        _committed = (Cursor, Problems);
    }

    public Event Event { get; }
    public long Token { get; }
    public RecipientList Recipients { get; }
    public EventContent Content { get; }

    /// <summary>Where the next page begins, behind the one that is being written; null when there is none.</summary>
    public EventCursor? Cursor { get; private set; }

    /// <summary>Who is on the page that is being written: their runs are not to be found yet.</summary>
    public IReadOnlyList<Subscriber> BeingWritten { get; private set; } = [];

    /// <summary>Whether its next page is made here: not behind the last, behind the last in this line, or when somebody else has it.</summary>
    public bool GoesOn { get; private set; } = true;

    /// <summary>How many pages of it have been made since it was claimed.</summary>
    public int Pages { get; private set; }

    /// <summary>Whether no page of it has been made.</summary>
    public bool IsNew => Cursor == new EventCursor();
    public IReadOnlyList<RecipientProblem> Problems { get; private set; }
    public Subscriber? Actor { get; set; }

    /// <summary>Who wants to hear what happens in its environment, as this page knows it.</summary>
    public IReadOnlyList<Outlet> Outlets { get; set; } = [];

    /// <summary>Whether somebody acted who has not been looked up yet.</summary>
    public bool NeedsActor => Content.Actor is not null && Actor is null;

    /// <summary>Ids of the topics looked up so far, null for those that do not exist.</summary>
    public Dictionary<string, string?> TopicIds { get; } = [];

    /// <summary>This page is being written.</summary>
    public void Write(RecipientPage page, bool goesOn)
    {
        (Cursor, BeingWritten, GoesOn) = (page.Next, page.Subscribers, goesOn);
        Problems = [.. Problems, .. page.Problems];
        Pages++;
    }

    /// <summary>What was being written is committed.</summary>
    public void MoveOn() => (_committed, BeingWritten) = ((Cursor, Problems), []);

    /// <summary>What was being written is not: it has to be made again.</summary>
    public void FallBack()
    {
        (Cursor, Problems) = _committed;
        (BeingWritten, GoesOn) = ([], true);
    }

    /// <summary>Nothing more is made of it here.</summary>
    public void End() => GoesOn = false;

    /// <summary>What goes into the row: bounded, because a bad list can be as long as a good one.</summary>
    public string? ProblemsWith(IReadOnlyList<RecipientProblem> more)
    {
        List<RecipientProblem> all = [.. Problems, .. more];
        if (all.Count > MostProblems) all = [.. all.Take(MostProblems), new("", $"and {all.Count - MostProblems} more")];
        return all.Count == 0 ? null : JsonColumn.Write(all);
    }
}
