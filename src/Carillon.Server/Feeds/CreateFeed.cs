using Carillon.Data;
using Carillon.Data.Changes;
using Carillon.Data.Feeds;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.Recording;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Feeds;

internal sealed class CreateFeed(CarillonDb db, CurrentEnvironment environment, ChangeLog changes, Ids ids, TimeProvider clock)
{
    public sealed record Request(string Name) : IRequest<Request>
    {
        public static Request Read(Fields fields)
        {
            var name = fields["name"].Defined().String();
            name.Must(name.Text.Length <= Feed.LongestName, $"name must be shorter than or equal to {Feed.LongestName} characters");
            return new(name.Text);
        }
    }

    public static Task<Results<Answer<FeedView>, Problem>> Handle(Body<Request> body, Caller caller, CreateFeed create, CancellationToken ct) =>
        create.RunAsync(body.Value.Name, caller, ct);

    private async Task<Results<Answer<FeedView>, Problem>> RunAsync(string name, Caller caller, CancellationToken ct)
    {
        var taken = Problem.Conflict($"Feed with identifier: {name} already exists");
        if (await db.Feeds.AnyAsync(feed => feed.Name == name, ct)) return taken;

        var now = clock.GetUtcNow();
        var feed = new Feed
        {
            Id = ids.New(),
            EnvironmentId = environment.Id,
            OrganizationId = caller.OrganizationId,
            Name = name,
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.Add(feed);
        await changes.RecordAsync(new Note(ChangeType.Feed, feed.Id, FeedView.Of(feed)), ct);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (UniqueViolation.Is(e))
        {
            return taken;
        }

        return Answer.Of(FeedView.Of(feed));
    }
}
