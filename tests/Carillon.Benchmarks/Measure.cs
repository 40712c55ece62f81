using System.Globalization;

namespace Carillon.Benchmarks;

/// <summary>One figure: what was measured, what came out, and what was asked for where something was.</summary>
internal sealed record Measure(string Name, string Value, string Asked = "", bool? Met = null)
{
    public static Measure AtMost(string name, double value, double limit, string unit) =>
        new(name, Text(value, unit), $"under {Text(limit, unit)}", value < limit);

    public static Measure AtLeast(string name, double value, double limit, string unit) =>
        new(name, Text(value, unit), $"at least {Text(limit, unit)}", value >= limit);

    public static Measure Of(string name, double value, string unit) => new(name, Text(value, unit));

    private static string Text(double value, string unit)
    {
        var digits = Math.Abs(value) switch { >= 100 => "N0", >= 10 => "N1", _ => "N2" };
        return $"{value.ToString(digits, CultureInfo.InvariantCulture)} {unit}".TrimEnd();
    }
}

/// <summary>Times of many attempts, and the ones by which a share of them was done.</summary>
internal sealed class Timings
{
    private readonly List<double> _milliseconds = [];

    public int Count => _milliseconds.Count;

    public void Add(TimeSpan took)
    {
        lock (_milliseconds) _milliseconds.Add(took.TotalMilliseconds);
    }

    public double At(double share)
    {
        _milliseconds.Sort();
        return _milliseconds[Math.Max(0, (int)Math.Ceiling(share * _milliseconds.Count) - 1)];
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}

/// <summary>What was sent is not what was asked for; then no figure counts.</summary>
internal sealed class AuditException(string message) : Exception(message);
