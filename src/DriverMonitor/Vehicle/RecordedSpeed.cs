using System.Globalization;
using DriverMonitor.Core.Signals;
using DriverMonitor.Files;
using DriverMonitor.Hosting;

namespace DriverMonitor.Vehicle;

/// <summary>Speed from a file of lines <c>at_s,kmh</c>, times rising; an empty second field means unknown from then on.</summary>
internal sealed class RecordedSpeed : IVehicle
{
    private readonly List<(TimeSpan At, VehicleReading Reading)> _readings = [];
    private int _next;

    /// <exception cref="VehicleFileException">The file cannot be read or a line is not understood.</exception>
    public RecordedSpeed(string path)
    {
        try
        {
            var number = 0;
            foreach (
                var line in InputFile
                    .ReadText("Speed file", path)
                    .ReplaceLineEndings("\n")
                    .Split('\n', StringSplitOptions.TrimEntries))
            {
                number++;
                if (string.IsNullOrWhiteSpace(line) || (number == 1 && line.StartsWith("at_s", StringComparison.Ordinal)))
                    continue;
                _readings.Add(
                    Parse(line)
                        ?? throw new VehicleFileException(
                            $"Speed file {path}, line {number}: '{ShownText.Excerpt(line)}' is not 'seconds,km/h' with decimal points. Correct the line."
                        ));
                if (_readings.Count > 1 && _readings[^1].At < _readings[^2].At)
                    throw new VehicleFileException(
                        $"Speed file {path}, line {number}: the time goes back. Sort the file by time.");
            }
        }
        catch (InputException e)
        {
            throw new VehicleFileException(e.Message);
        }

        if (_readings.Count == 0)
            throw new VehicleFileException(
                $"Speed file {path} holds no speed. Give lines 'at_s,kmh', or a speed in km/h for a file.");
    }

    public VehicleReading? Read(TimeSpan at)
    {
        VehicleReading? reading = null;
        while (_next < _readings.Count && _readings[_next].At <= at) reading = _readings[_next++].Reading;
        return reading;
    }

    private static (TimeSpan, VehicleReading)? Parse(string line)
    {
        var fields = line.Split(',', StringSplitOptions.TrimEntries);
        if (fields.Length != 2 || !TryNumber(fields[0], out var seconds) || CheckedTime.FromSeconds(seconds) is not { } at)
            return null;
        if (fields[1].Length == 0)
            return (at, new VehicleReading(null));
        return TryNumber(fields[1], out var kmh) && kmh < 500 ? (at, new VehicleReading(kmh)) : null;
    }

    private static bool TryNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
        && double.IsFinite(value)
        && value is >= 0 and < 1e9;
}

/// <summary>A speed file cannot be used; the message is one line (exit code 66).</summary>
internal sealed class VehicleFileException(string message) : Exception(message);
