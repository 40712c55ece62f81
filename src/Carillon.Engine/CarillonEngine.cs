using Carillon.Engine.Running;
using Carillon.Engine.Triggering;

namespace Carillon.Engine;

/// <summary>Every chore of one process, and the order in which they stop: first what takes on work, last what writes it down.</summary>
public sealed class CarillonEngine(EventAcceptor acceptor, IReadOnlyList<EngineLoop> chores, Committer committer, EngineRuntime engine)
{
    public async Task RunAsync(CancellationToken stop)
    {
        using var written = new CancellationTokenSource();
        var writing = Start(committer.RunAsync, written.Token);

        await Task.WhenAll([Start(acceptor.RunAsync, stop), .. chores.Select(chore => Start(chore.RunAsync, stop))]);

        await written.CancelAsync();
        await writing;
    }

    // A store may answer without ever yielding, so a chore that began on the caller's thread would keep it.
    private Task Start(Func<CancellationToken, Task> chore, CancellationToken stop) => engine.Start(() => chore(stop));
}
