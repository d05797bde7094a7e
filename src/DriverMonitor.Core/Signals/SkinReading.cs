namespace DriverMonitor.Core.Signals;

/// <summary>One reading of a skin sensor, as it came and not yet trusted.</summary>
/// <param name="ConductanceMicrosiemens">Skin conductance; about 1 to 20 at the palm or fingers. Null when the sensor did not
/// say.</param>
/// <param name="TemperatureCelsius">Of the skin; recorded and never scored, because cabin heating moves it more than feelings
/// do.</param>
/// <param name="DeviceId">Address or name: a change of it starts a new series.</param>
public readonly record struct SkinReading(double? ConductanceMicrosiemens, double? TemperatureCelsius, string DeviceId);
