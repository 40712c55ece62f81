using Carillon.Data.Execution;

namespace Carillon.Contract.Crashes;

/// <summary>What a run says about itself.</summary>
internal static class Account
{
    /// <summary>Attempts of which it is not known whether they arrived: those that were cut off, and those that got no answer in time.</summary>
    public static int UnknownOutcomes(IEnumerable<TraceLine> lines) => lines.Count(line =>
        line.Detail == Detail.OutcomeUnknown
        || (line.Detail == Detail.ProviderUnavailable && line.Raw?.Contains("mayHaveSent", StringComparison.Ordinal) == true));
}
