using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Topics;

internal static class ListTopics
{
    private const int LargestPage = 10;

    public sealed record Request(int Page, int PageSize, string? Key) : IRequest<Request>
    {
        public static Request Read(Fields fields)
        {
            if (!fields["page"].IsAbsent) fields["page"].Min(0).Integer().NotGreater(Fields.LastPage);
            return new((int)Number(fields["page"], 0), PageSizeOf(fields["pageSize"]), fields.OptionalString("key"));
        }

        private static int PageSizeOf(Field size)
        {
            if (size.IsAbsent) return LargestPage;

            size.Min(0).Integer().Must(size.Number != 0, "pageSize must not be less than 1");
            return (int)Math.Min(Number(size, LargestPage), LargestPage + 1);
        }

        private static double Number(Field field, double otherwise) => field.NumberOrNull ?? otherwise;
    }

    public static async Task<Results<Page<TopicView>, Problem>> Handle(Query<Request> query, CarillonDb db, CancellationToken ct)
    {
        var (page, size, key) = query.Value;
        if (size > LargestPage) return Problem.BadRequest($"Page size can not be larger then {LargestPage}");

        var wanted = db.Topics.AsNoTracking().Where(topic => key == null || topic.Key == key);
        var total = await wanted.CountAsync(ct);
        var topics = await wanted.OrderBy(topic => topic.CreatedAt).ThenBy(topic => topic.Id).Skip(page * size).Take(size).ToListAsync(ct);
        return new Page<TopicView>(page, size, await TopicView.OfAsync(topics, db, ct), TotalCount: total);
    }
}
