using System.CommandLine;

namespace DriverMonitor.Fleet.Commands;

/// <summary>How many vehicles drive, how long, and how often they warn: the same for a demo and a simulation.</summary>
internal static class SimulationOptions
{
    /// <summary>Their names have five digits.</summary>
    private const int MostVehicles = 99_999;

    private const double LongestHours = 10_000, MostAlerts = 1_000;

    public static Option<int> Vehicles(int usual) => NumberOption.Within("--vehicles", "How many drive.", usual, 1, MostVehicles);

    public static Option<double> Hours(double usual) =>
        NumberOption.Within("--hours", "Hours that each drives.", usual, 0.01, LongestHours);

    public static Option<double> Alerts(double usual) => NumberOption.Within(
        "--alerts", "Alerts an hour of each: 2.5 is typical, 40 the ceiling that a vehicle allows.", usual, 0.01, MostAlerts);
}
