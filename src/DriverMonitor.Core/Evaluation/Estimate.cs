namespace DriverMonitor.Core.Evaluation;

/// <summary>
/// A figure with its 95 % interval, or the reason why the data do not allow one: never a number from too little.
/// </summary>
/// <param name="Value">The figure; null where the data are insufficient.</param>
/// <param name="Lo">Lower end of the interval; null where no interval can be given.</param>
/// <param name="Hi">Its upper end.</param>
/// <param name="Insufficient">What is missing, as a clause; null where there is a figure.</param>
public readonly record struct Estimate(double? Value, double? Lo, double? Hi, string? Insufficient)
{
    public static Estimate Of(double value, Interval? interval) => new(value, interval?.Lo, interval?.Hi, null);

    public static Estimate Missing(string why) => new(null, null, null, why);
}

/// <summary>Both ends of an interval.</summary>
public readonly record struct Interval(double Lo, double Hi)
{
    public double Width => Hi - Lo;

    public bool Holds(double value) => value >= Lo && value <= Hi;
}
