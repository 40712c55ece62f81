using Carillon.Data.Messages;
using Carillon.Server.Http.Answers;
using Carillon.Server.InApp;

namespace Carillon.Server.Inbox;

/// <summary>Which notifications are wanted, and echoed as such: those with any of the tags, read or not, archived or not.</summary>
internal sealed record NotificationFilter(IReadOnlyList<string>? Tags, bool? Read, bool? Archived)
{
    /// <summary>Who archives something has read it.</summary>
    public Problem? Check() => this is { Read: false, Archived: true }
        ? Problem.BadRequest("Filtering for unread and archived notifications is not supported.")
        : null;

    public async Task<IQueryable<Message>> ApplyAsync(IQueryable<Message> messages, Tagged tagged, CancellationToken ct) =>
        (await tagged.WithAnyAsync(messages, Tags, ct)).WithRead(Read).WithArchived(Archived);
}
