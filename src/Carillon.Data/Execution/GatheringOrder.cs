namespace Carillon.Data.Execution;

/// <summary>The order in which a transaction goes through what it gathers: by place, and at one place by arrival.</summary>
internal static class GatheringOrder
{
    extension(IEnumerable<Gathering> gatherings)
    {
        public IReadOnlyList<IGrouping<DigestPlace, Gathering>> ByPlace() =>
            [.. gatherings.OrderBy(one => one.Arrival.At).ThenBy(one => one.Arrival.Counter, StringComparer.Ordinal).GroupBy(one => one.Place).OrderBy(place => place.Key, DigestPlace.Order)];
    }

    extension(IGrouping<DigestPlace, Gathering> place)
    {
        /// <summary>Lets the first pass when nothing came since it looks back to, and returns those that do not pass.</summary>
        public IEnumerable<Gathering> ButPassing(DateTimeOffset? previous)
        {
            var first = place.First();
            if (previous >= first.LookBack!.Since) return place;

            first.Pass();
            return place.Skip(1);
        }
    }
}
