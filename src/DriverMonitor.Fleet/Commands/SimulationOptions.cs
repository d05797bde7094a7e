using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace DriverMonitor.Fleet.Commands;

/// <summary>How many vehicles drive, how long, and how often they warn: the same for a demo and a simulation.</summary>
internal static class SimulationOptions
{
    /// <summary>Their names have five digits.</summary>
    private const int MostVehicles = 99_999;

    private const double LongestHours = 10_000, MostAlerts = 1_000;

    public static Option<int> Vehicles(int usual) => Within("--vehicles", "How many drive.", usual, 1, MostVehicles);

    public static Option<double> Hours(double usual) => Within("--hours", "Hours that each drives.", usual, 0.01, LongestHours);

    public static Option<double> Alerts(double usual) => Within(
        "--alerts", "Alerts an hour of each: 2.5 is typical, 40 the ceiling that a vehicle allows.", usual, 0.01, MostAlerts);

    private static Option<T> Within<T>(string name, string what, T usual, T least, T most) where T : INumber<T>
    {
        var option = new Option<T>(name) { Description = what, DefaultValueFactory = _ => usual };
        option.Validators.Add(given => Check(given, name, least, most));
        return option;
    }

    /// <summary>Also what is no number is left to this: one line that says what would be right.</summary>
    private static void Check<T>(OptionResult given, string name, T least, T most) where T : INumber<T>
    {
        if (given.Tokens.Count != 1) return;
        if (!T.TryParse(given.Tokens[0].Value, CultureInfo.InvariantCulture, out var value) || !(value >= least && value <= most))
            given.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} must lie between {least} and {most}."));
    }
}
