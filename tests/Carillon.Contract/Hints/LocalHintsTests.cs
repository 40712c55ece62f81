using Carillon.Data.Hints;

namespace Carillon.Contract.Hints;

public sealed class LocalHintsTests : HintsContract
{
    protected override bool IsAlone => true;

    protected override Task<(IHints Here, IHints There)> ConnectAsync()
    {
        var alone = new LocalHints();
        return Task.FromResult<(IHints, IHints)>((alone, alone));
    }

    protected override Task DisconnectAsync() => Task.CompletedTask;
}
