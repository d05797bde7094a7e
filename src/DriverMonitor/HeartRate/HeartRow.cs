using System.Collections.Immutable;

namespace DriverMonitor.HeartRate;

/// <summary>One row of a heart file, as it stands there.</summary>
/// <param name="At">Seconds; null where the file gives no time and the intervals add up to it.</param>
/// <param name="Rate">Beats per minute; null for none.</param>
/// <param name="Intervals">From beat to beat, in the file's unit until <see cref="HeartUnits"/> has seen all of them.</param>
internal readonly record struct HeartRow(double? At, double? Rate, ImmutableArray<double> Intervals);

/// <summary>All rows, and what the file says of their unit.</summary>
/// <param name="MsPerUnit">Of an interval, where a header states it; null for ms unless the values say otherwise.</param>
internal sealed record HeartRows(IReadOnlyList<HeartRow> Rows, double? MsPerUnit = null);
