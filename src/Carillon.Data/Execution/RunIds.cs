using System.Globalization;

namespace Carillon.Data.Execution;

/// <summary>
/// A run reserves one block of consecutive ids: itself, one job for each step, then room for messages of each step.
/// So a job has a stable id without a row, and a message has the same id however often its step is repeated.
/// </summary>
public static class RunIds
{
    public const int MessagesPerStep = 16;

    public static int BlockSize(int steps) => 1 + steps + steps * MessagesPerStep;

    public static string Job(string runId, int step) => Ids.Offset(runId, 1 + step);

    public static string Message(string runId, int steps, int step, int ordinal = 0) =>
        ordinal < MessagesPerStep
            ? Ids.Offset(runId, 1 + steps + step * MessagesPerStep + ordinal)
            : throw new ArgumentOutOfRangeException(nameof(ordinal), ordinal, $"A step has at most {MessagesPerStep} messages.");

    /// <summary>The id of the n-th trace line of a run, outside of every block that <see cref="Ids"/> hands out.</summary>
    public static string TraceLine(string runId, int ordinal) =>
        string.Concat(runId.AsSpan(0, 14), (ordinal ^ 0x5A5A).ToString("x4", CultureInfo.InvariantCulture), runId.AsSpan(18, 6));
}
