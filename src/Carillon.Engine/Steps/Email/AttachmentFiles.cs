using Carillon.Data.Execution;
using Carillon.Providers;
using Carillon.Providers.Email;

namespace Carillon.Engine.Steps.Email;

/// <summary>
/// Reads the files of events when mails with them leave. Mails of one event that are on their way together share what was read, and
/// with the last of them it goes: a file is in memory once, however many are sent it.
/// </summary>
public sealed class AttachmentFiles(IEngineStore store)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Reading> _open = [];

    internal async Task<SendResult> SendAsync(
        Event e, IReadOnlyList<AttachedFile> files, Func<IReadOnlyList<EmailAttachment>, Task<SendResult>> send, CancellationToken ct)
    {
        if (files.Count == 0) return await send([]);

        var reading = Join(e, files);
        try
        {
            return await reading.Content.WaitAsync(ct) is { } attachments
                ? await send(attachments)
                : new SendResult.Refused("The attachments are no longer kept");
        }
        finally
        {
            Leave(e, reading);
        }
    }

    private Reading Join(Event e, IReadOnlyList<AttachedFile> files)
    {
        lock (_lock)
        {
            if (!_open.TryGetValue(e.Id, out var reading)) reading = _open[e.Id] = new(ReadAsync(e, files));
            reading.Users++;
            return reading;
        }
    }

    private void Leave(Event e, Reading reading)
    {
        lock (_lock)
        {
            if (--reading.Users == 0) _open.Remove(e.Id);
        }
    }

    // For all who wait for it, so nobody's impatience ends it.
    private async Task<IReadOnlyList<EmailAttachment>?> ReadAsync(Event e, IReadOnlyList<AttachedFile> files)
    {
        List<EmailAttachment> read = [];
        foreach (var file in files)
        {
            var pieces = await store.AttachmentAsync(new(e.EnvironmentId, e.Id), file.Ordinal, CancellationToken.None);
            if (pieces.Count == 0) return null;

            read.Add(new(file.Name, file.Mime, Whole(pieces), file.ContentId, file.Disposition));
        }

        return read;
    }

    private static byte[] Whole(IReadOnlyList<byte[]> pieces)
    {
        if (pieces.Count == 1) return pieces[0];

        var (whole, length) = (new byte[pieces.Sum(piece => piece.Length)], 0);
        foreach (var piece in pieces)
        {
            piece.CopyTo(whole, length);
            length += piece.Length;
        }

        return whole;
    }

    private sealed class Reading(Task<IReadOnlyList<EmailAttachment>?> content)
    {
        public Task<IReadOnlyList<EmailAttachment>?> Content => content;
        public int Users { get; set; }
    }
}
