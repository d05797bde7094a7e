using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace DriverMonitor.Fleet.Commands;

/// <summary>Numbers on the command line: what is none, or out of range, is one line that says what would be right.</summary>
internal static class NumberOption
{
    /// <param name="name">With its dashes.</param>
    /// <param name="usual">Where the option is not given.</param>
    public static Option<T> Within<T>(string name, string what, T usual, T least, T most) where T : struct, INumber<T> =>
        new(name)
        {
            Description = what,
            DefaultValueFactory = _ => usual,
            CustomParser = given => Read(given, name, least, most),
        };

    public static Argument<T> Argument<T>(string name, string what, T least, T most) where T : struct, INumber<T> => new(name)
    {
        Description = what,
        CustomParser = given => Read(given, name, least, most),
    };

    private static T Read<T>(ArgumentResult given, string name, T least, T most) where T : struct, INumber<T>
    {
        if (T.TryParse(given.Tokens[0].Value, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
            return value;
        given.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} must lie between {least} and {most}."));
        return default;
    }
}
