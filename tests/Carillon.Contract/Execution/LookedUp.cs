using Carillon.Data.Execution;

namespace Carillon.Contract.Execution;

internal static class LookedUp
{
    extension(IEngineStore store)
    {
        /// <summary>Accepts events whose workflows were looked up for them, so that none of them can stand otherwise.</summary>
        public async Task<IReadOnlyList<bool>> AcceptAsync(IReadOnlyList<Event> events, CancellationToken ct) =>
            (await store.AcceptAsync(events, [], ct))!;
    }
}
