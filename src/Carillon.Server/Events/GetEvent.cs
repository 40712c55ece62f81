using System.Text.Json;
using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Data.Mapping;
using Carillon.Engine.Triggering;
using Carillon.Server.Http.Answers;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Events;

/// <summary>How far an event has come: whether everybody it is for has been found, how many they are, and who could not be served.</summary>
internal static class GetEvent
{
    public sealed record View(
        string Id, string TransactionId, string Status, int Recipients, IReadOnlyList<RecipientProblem> Problems, DateTimeOffset CreatedAt);

    public static async Task<Results<Answer<View>, Problem>> Handle(string transactionId, CarillonDb db, CancellationToken ct) =>
        await db.Events.AsNoTracking().OfTransactions(transactionId).SingleOrDefaultAsync(ct) is { } found
            ? Answer.Of(ViewOf(found))
            : Problem.NotFound($"No event with transaction id {transactionId} was found");

    private static View ViewOf(Event e) => new(
        e.Id,
        e.TransactionId,
        JsonNamingPolicy.CamelCase.ConvertName(e.Status.ToString()),
        e.RunCount,
        e.Problems is { } problems ? JsonColumn.Read<List<RecipientProblem>>(problems) : [],
        e.CreatedAt);
}
