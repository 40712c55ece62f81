using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Data.Messages;
using Carillon.Data.Workflows;
using Carillon.Providers.Reports;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Engine.Conditions;

/// <summary>What became of the messages that runs sent in earlier turns, by run and by the position of their step.</summary>
public sealed class EarlierMessages
{
    private readonly ILookup<(string RunId, int Step), Message> _messages;

    private EarlierMessages(IEnumerable<Message> messages) => _messages = messages.ToLookup(message => (message.RunId, (int)message.Step));

    public static EarlierMessages None { get; } = new([]);

    /// <summary>Of several messages of one step, one that was seen is enough. Null where the step sent nothing.</summary>
    public EarlierMessage? Of(string runId, int step) =>
        _messages.Contains((runId, step))
            ? new(_messages[(runId, step)].Any(message => message.Seen || IsOpened(message)), _messages[(runId, step)].Any(message => message.Read || IsOpened(message)))
            : null;

    // Nobody knows more of a mail than that it was opened.
    private static bool IsOpened(Message message) => message.Delivery is { } delivery && ((DeliveryStatus)delivery).IsOpened;

    /// <summary>Reads only what the steps ahead ask about, for all runs of an environment at once.</summary>
    public static async Task<EarlierMessages> ReadAsync(
        Database database, IEnumerable<(Run Run, WorkflowVersion Version)> runs, CancellationToken ct)
    {
        List<Message> found = [];
        foreach (var environment in runs.GroupBy(one => one.Run.EnvironmentId))
        {
            var ids = environment.SelectMany(one => AskedMessages(one.Run, one.Version)).ToList();
            if (ids.Count == 0) continue;

            await using var db = database.Open(environment.Key);
            found.AddRange(await db.Messages.IgnoreQueryFilters([CarillonDb.DeletedFilter]).AsNoTracking()
                .Where(message => ids.Contains(message.Id))
                .ToListAsync(ct));
        }

        return found.Count == 0 ? None : new(found);
    }

    private static IEnumerable<string> AskedMessages(Run run, WorkflowVersion version)
    {
        var steps = version.ActiveSteps;
        var asked = steps.Skip(run.Step).SelectMany(StepConditions.AskedSteps).ToHashSet();
        return asked.Count == 0
            ? []
            : from position in Enumerable.Range(0, Math.Min(run.Step + 1, steps.Count))
              where steps[position].Uuid is { } uuid && asked.Contains(uuid)
              from ordinal in Enumerable.Range(0, RunIds.MessagesPerStep)
              select RunIds.Message(run.Id, steps.Count, position, ordinal);
    }
}
