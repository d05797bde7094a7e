using DriverMonitor.Core;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Hosting;

/// <summary>Adds what a sensor has new to what is judged next. It never waits; if it throws, the sensor has failed.</summary>
internal delegate void ReadingAdder(ref Observation seen);

/// <summary>A sensor that has one value at most when the judgement asks; series of values (pulse, sound) have readers of their
/// own.</summary>
/// <param name="Part">What fails when the sensor does.</param>
/// <param name="AddTo">Adds what is new.</param>
/// <param name="Needs">What the driver must allow before it is asked; none for what is not of the driver.</param>
internal sealed record ReadingSource(ServicePart Part, ReadingAdder AddTo, Modalities Needs = Modalities.None);
