namespace DriverMonitor.Fleet.Wire;

/// <summary>A vehicle that sends nonsense all day fills no table: the first findings of each hour tell the story.</summary>
internal sealed class FindingLimit
{
    private const int MostPerHour = 20;
    private const long Hour = 3_600_000;
    private readonly Dictionary<VehicleName, int> _counts = [];
    private long _hour;

    public bool Admits(Finding finding)
    {
        var hour = finding.At / Hour;
        if (hour != _hour) _counts.Clear();
        _hour = hour;
        var count = _counts.GetValueOrDefault(finding.Vehicle);
        _counts[finding.Vehicle] = count + 1;
        return count < MostPerHour;
    }
}
