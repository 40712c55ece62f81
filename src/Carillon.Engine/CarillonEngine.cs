using Carillon.Engine.Chores;
using Carillon.Engine.Running;
using Carillon.Engine.Triggering;

namespace Carillon.Engine;

/// <summary>Every chore of one process, and the order in which they stop: first what takes on work, last what writes it down.</summary>
public sealed class CarillonEngine(EventAcceptor acceptor, Expander expander, Runner runner, Committer committer, Pruner pruner)
{
    public async Task RunAsync(CancellationToken stop)
    {
        using var written = new CancellationTokenSource();
        var writing = committer.RunAsync(written.Token);

        await Task.WhenAll(
            acceptor.RunAsync(stop),
            expander.RunAsync(stop),
            runner.RunAsync(stop),
            pruner.RunAsync(stop));

        await written.CancelAsync();
        await writing;
    }
}
