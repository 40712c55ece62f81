using Carillon.Driving;

namespace Carillon.Benchmarks;

/// <summary>What slow and failing providers cost.</summary>
internal static class ProvidersBench
{
    public static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>(MailAccount.Settings)
    {
        ["Carillon__Engine__Integrations__mail__AtOnce"] = $"{Mails.AtOnce}",
    };

    public static async Task<IReadOnlyList<Measure>> MeasureAsync(Subject.Stage stage)
    {
        await stage.Server.StartAsync();
        await stage.Client.SignUpAsync();
        IReadOnlyList<Measure> mails = await new Mails(stage.Store, stage.Server, stage.Client).MeasureAsync();
        return [.. mails, .. await new Neighbours(stage.Client).MeasureAsync()];
    }
}
