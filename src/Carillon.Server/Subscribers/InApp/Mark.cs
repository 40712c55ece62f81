using Carillon.Data.Messages;
using Microsoft.EntityFrameworkCore.Query;

namespace Carillon.Server.Subscribers.InApp;

/// <summary>What marking changes in a message: what is not said stays as it is.</summary>
internal sealed record Mark(bool? Seen = null, bool? Read = null)
{
    public static readonly IReadOnlyList<string> Words = ["read", "seen", "unread", "unseen"];

    /// <summary>Who reads a message, or puts it back unread, has seen it.</summary>
    public static Mark Of(string word) => word switch
    {
        "read" => new(Seen: true, Read: true),
        "unread" => new(Seen: true, Read: false),
        "seen" => new(Seen: true),
        "unseen" => new(Seen: false),
        _ => throw new ArgumentOutOfRangeException(nameof(word), word, "There is no such mark."),
    };

    /// <summary>The messages that a word would change.</summary>
    public static IQueryable<Message> Unlike(string word, IQueryable<Message> messages) => word switch
    {
        "read" => messages.Where(message => !message.Read),
        "unread" => messages.Where(message => message.Read),
        "seen" => messages.Where(message => !message.Seen),
        "unseen" => messages.Where(message => message.Seen),
        _ => throw new ArgumentOutOfRangeException(nameof(word), word, "There is no such mark."),
    };

    public bool ChangesNothing => Seen is null && Read is null;

    public void Set(UpdateSettersBuilder<Message> row, DateTimeOffset now)
    {
        row.SetProperty(message => message.UpdatedAt, now);
        if (Seen is { } seen)
            row.SetProperty(message => message.Seen, seen).SetProperty(message => message.LastSeenAt, now);
        if (Read is { } read)
            row.SetProperty(message => message.Read, read).SetProperty(message => message.LastReadAt, now);
    }
}
