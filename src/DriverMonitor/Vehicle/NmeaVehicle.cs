using System.Text;
using DriverMonitor.Core.Signals;
using DriverMonitor.Hosting;

namespace DriverMonitor.Vehicle;

/// <summary>
/// Speed from a satellite receiver's own port: give its bytes to <see cref="Handle"/>, on one thread. Without a fix and after
/// three seconds of silence the speed is unknown.
/// </summary>
/// <param name="keepsPosition">Whether the position may be known here at all.</param>
/// <param name="told">Told of the time that satellites say; null for nobody.</param>
internal sealed class NmeaVehicle(TimeProvider time, bool keepsPosition, Action<DateTimeOffset>? told = null) : IVehicle
{
    private readonly LatestReading _newest = new(time);
    private readonly StringBuilder _line = new();
    private bool _isTooLong;

    /// <summary>Sentences that were understood.</summary>
    public long Sentences { get; private set; }

    /// <summary>Takes what came, wherever it begins and ends. Bytes without end that are no sentence are not kept.</summary>
    public void Handle(ReadOnlySpan<byte> bytes)
    {
        foreach (var letter in bytes)
        {
            if (letter is (byte)'\n' or (byte)'\r') EndLine();
            // A sentence that was cut off is followed by a whole one.
            else if (letter == '$') (_, _isTooLong) = (_line.Clear().Append('$'), false);
            else if (_isTooLong || _line.Length > NmeaFix.LongestLine) (_, _isTooLong) = (_line.Clear(), true);
            else _line.Append((char)letter);
        }
    }

    public VehicleReading? Read(TimeSpan at) => _newest.Take();

    private void EndLine()
    {
        var text = _line.ToString();
        (_, _isTooLong) = (_line.Clear(), false);
        if (text.Length == 0 || NmeaFix.Read(text) is not { } fix) return;
        Sentences++;
        _newest.Set(new(fix.SpeedKmh, Position: keepsPosition ? fix.Position : null));
        if (fix.Time is { } moment) told?.Invoke(moment);
    }
}
