using System.Globalization;

namespace DriverMonitor.Fleet.Simulation;

/// <summary>A figure beside its bar.</summary>
internal sealed record BenchRow(string What, double Bar, double Seen, string More)
{
    public bool IsAtMost { get; init; }

    public bool IsMet => IsAtMost ? Seen <= Bar : Seen >= Bar;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(IsMet ? "ok  " : "MISS")} {What,-46} {(IsAtMost ? "<=" : ">=")} {Bar,6:0.##} {Seen,8:0.00}  {More}");
}
