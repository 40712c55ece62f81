namespace Carillon.Data.Hints;

/// <summary>For a process that is alone: there is nobody else to tell, and nothing that could be missed.</summary>
public sealed class LocalHints : NodeHints
{
    public override Task RunAsync(CancellationToken stop) => Task.CompletedTask;

    public override void Follow(string subscriberId)
    {
    }

    public override void Unfollow(string subscriberId)
    {
    }

    protected override void PublishWork(char word)
    {
    }

    protected override void PublishClaimed(int count)
    {
    }

    protected override void PublishInbox(InboxChange change)
    {
    }
}
