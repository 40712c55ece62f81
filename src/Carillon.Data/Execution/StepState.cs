namespace Carillon.Data.Execution;

/// <summary>Where one step of a run stands: a character in <see cref="Run.States"/>, a job status on the wire.</summary>
public static class StepState
{
    public const char Pending = 'p';
    public const char Queued = 'q';
    public const char Running = 'r';
    public const char Delayed = 'd';
    public const char Completed = 'c';
    public const char Failed = 'f';
    public const char Cancelled = 'x';
    public const char Merged = 'm';
    public const char Skipped = 's';

    public static string WireName(char state) => state switch
    {
        Pending => "pending",
        Queued => "queued",
        Running => "running",
        Delayed => "delayed",
        Completed => "completed",
        Failed => "failed",
        Cancelled => "canceled",
        Merged => "merged",
        Skipped => "skipped",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a step state."),
    };

    public static bool IsTerminal(char state) => state is Completed or Failed or Cancelled or Merged or Skipped;
}
