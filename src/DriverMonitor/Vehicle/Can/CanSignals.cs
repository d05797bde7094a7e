using DriverMonitor.Configuration;
using DriverMonitor.Core.Can;
using DriverMonitor.Files;

namespace DriverMonitor.Vehicle.Can;

/// <summary>The signals that the settings name, found and ready to be read; null for what is not named.</summary>
internal sealed record CanSignals(
    CanSignal? Speed = null, CanSignal? Ignition = null, CanSignal? Steering = null, CanSignal? IndicatorLeft = null,
    CanSignal? IndicatorRight = null, CanSignal? Wipers = null, CanSignal? Door = null, bool ReadsObd = false)
{
    /// <summary>The largest of vehicle makers' databases have some megabytes.</summary>
    private const long LargestDatabase = 32 << 20;

    /// <summary>What signals may say, as the settings name it.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        nameof(Speed), nameof(Ignition), nameof(Steering), nameof(IndicatorLeft), nameof(IndicatorRight), nameof(Wipers),
        nameof(Door),
    ];

    /// <summary>The frames that hold one of them.</summary>
    public IReadOnlyList<CanIdRange> Wanted =>
    [
        .. new[] { Speed, Ignition, Steering, IndicatorLeft, IndicatorRight, Wipers, Door }
            .OfType<CanSignal>().Select(signal => CanIdRange.Of(signal.Id)).Distinct(),
        .. ReadsObd ? [ObdFrames.Answers] : Array.Empty<CanIdRange>(),
    ];

    /// <exception cref="ConfigurationException">The .dbc file cannot be read or does not hold a signal.</exception>
    public static CanSignals Of(CanSettings settings)
    {
        var database = settings.DbcFile is { } path && settings.IsUsed ? Load(path) : null;
        return new(
            Find(nameof(Speed)), Find(nameof(Ignition)), Find(nameof(Steering)), Find(nameof(IndicatorLeft)),
            Find(nameof(IndicatorRight)), Find(nameof(Wipers)), Find(nameof(Door)), settings.ObdRequests);

        CanSignal? Find(string key)
        {
            if (!settings.IsUsed || !settings.Signals.TryGetValue(key, out var text)) return null;
            try
            {
                if (CanSignalText.IsWrittenOut(text)) return CanSignalText.Parse(text);
                var (name, on) = CanSignalText.SplitOn(text);
                return (database ?? throw new FormatException("needs a DbcFile")).Find(name) with { OnValues = on };
            }
            catch (FormatException e)
            {
                throw new ConfigurationException(
                    $"Vehicle:Can:Signals:{key} '{ShownText.Excerpt(text)}' {e.Message}. Correct the signal's name or the DbcFile.", e);
            }
        }
    }

    private static DbcFile Load(string path)
    {
        try
        {
            return DbcFile.Parse(InputFile.ReadText("CAN database", path, largest: LargestDatabase));
        }
        catch (InputException e)
        {
            throw new ConfigurationException(e.Message, e);
        }
        catch (FormatException e)
        {
            throw new ConfigurationException(
                $"CAN database {path}: {ShownText.Excerpt(e.Message)}. Correct that line, or write the signals out.", e);
        }
    }
}
