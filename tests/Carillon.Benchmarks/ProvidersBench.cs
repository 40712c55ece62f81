using Carillon.Driving;

namespace Carillon.Benchmarks;

/// <summary>What slow and failing providers cost.</summary>
internal static class ProvidersBench
{
    public static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>(MailAccount.Settings)
    {
        ["Carillon__Engine__Integrations__mail__AtOnce"] = $"{Mails.AtOnce}",

        // As many as wait for one account for half a second: what is claimed beyond goes back to the database, which costs as much again as sending.
        ["Carillon__Engine__RunsInFlight"] = "256",
    };

    public static async Task<IReadOnlyList<Measure>> FaultsAsync(Subject.Stage stage)
    {
        await BeginAsync(stage);
        return await new Neighbours(stage.Client).MeasureAsync();
    }

    public static async Task<IReadOnlyList<Measure>> MailsAsync(Subject.Stage stage)
    {
        await BeginAsync(stage);
        return await new Mails(stage.Store, stage.Server, stage.Client).MeasureAsync();
    }

    private static async Task BeginAsync(Subject.Stage stage)
    {
        await stage.Server.StartAsync();
        await stage.Client.SignUpAsync();
    }
}
