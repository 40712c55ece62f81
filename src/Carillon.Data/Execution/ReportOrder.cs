namespace Carillon.Data.Execution;

internal static class ReportOrder
{
    extension(IEnumerable<IncomingReport> reports)
    {
        /// <summary>The order in which reports are written everywhere, so that no two batches wait for each other in a circle; each once.</summary>
        public IReadOnlyList<IncomingReport> InOrder() =>
        [
            .. reports.DistinctBy(one => (one.Report.MessageId, one.Report.Fingerprint))
                .OrderBy(one => one.Report.Bucket)
                .ThenBy(one => one.Report.MessageId, StringComparer.Ordinal)
                .ThenBy(one => one.Report.Fingerprint, StringComparer.Ordinal),
        ];
    }
}
