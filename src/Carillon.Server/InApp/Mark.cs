using Carillon.Data.Hints;
using Carillon.Data.Messages;
using Microsoft.EntityFrameworkCore.Query;

namespace Carillon.Server.InApp;

/// <summary>What marking changes in a message: what is not said stays as it is.</summary>
internal sealed record Mark(bool? Seen = null, bool? Read = null, bool? Archived = null)
{
    public static readonly IReadOnlyList<string> Words = ["read", "seen", "unread", "unseen"];

    /// <summary>Which counts open inboxes hear of; those that the mark names where nothing else is said.</summary>
    public InboxCounts Tells { get; init; } =
        (Seen is null ? InboxCounts.None : InboxCounts.Unseen) | (Read is null ? InboxCounts.None : InboxCounts.Unread);

    /// <summary>Whether taking a mark back also forgets when it was made.</summary>
    public bool Forgets { get; init; }

    /// <summary>Who reads a message, or puts it back unread, has seen it.</summary>
    public static Mark Of(string word) => word switch
    {
        "read" => new(Seen: true, Read: true) { Tells = InboxCounts.Unread },
        "unread" => new(Seen: true, Read: false) { Tells = InboxCounts.Unread },
        "seen" => new(Seen: true),
        "unseen" => new(Seen: false),
        _ => throw new ArgumentOutOfRangeException(nameof(word), word, "There is no such mark."),
    };

    /// <summary>The messages that a word would change.</summary>
    public static IQueryable<Message> Unlike(string word, IQueryable<Message> messages) => word switch
    {
        "read" => messages.WithRead(false),
        "unread" => messages.WithRead(true),
        "seen" => messages.WithSeen(false),
        "unseen" => messages.WithSeen(true),
        _ => throw new ArgumentOutOfRangeException(nameof(word), word, "There is no such mark."),
    };

    public bool ChangesNothing => Seen is null && Read is null && Archived is null;

    public void Set(UpdateSettersBuilder<Message> row, DateTimeOffset now)
    {
        row.SetProperty(message => message.UpdatedAt, now);
        if (Seen is { } seen)
            row.SetProperty(message => message.Seen, seen).SetProperty(message => message.LastSeenAt, now);
        if (Read is { } read)
            row.SetProperty(message => message.Read, read).SetProperty(message => message.LastReadAt, When(read, now));
        if (Archived is { } archived)
            row.SetProperty(message => message.Archived, archived).SetProperty(message => message.ArchivedAt, When(archived, now));
    }

    private DateTimeOffset? When(bool made, DateTimeOffset now) => made || !Forgets ? now : null;
}
