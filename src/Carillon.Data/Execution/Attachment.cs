using Carillon.Data.Mapping;

namespace Carillon.Data.Execution;

/// <summary>
/// A piece of a file that came with an event: kept once, however many are sent it, and until nobody can be any more. The event's payload
/// says what the file is called and how large it is.
/// </summary>
public sealed class Attachment : IEnvironmentOwned
{
    public required string EventId { get; init; }

    /// <summary>The file's place among those of its event.</summary>
    public required short Ordinal { get; init; }

    /// <summary>The piece's place in its file.</summary>
    public required short Part { get; init; }
    public required string EnvironmentId { get; init; }
    public required byte[] Content { get; init; }
}
