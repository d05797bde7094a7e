using DriverMonitor.Core;
using DriverMonitor.Core.Alerts;

namespace DriverMonitor.Gpio;

/// <summary>What is asked of the outputs.</summary>
/// <param name="Lost">Nobody watches the driver.</param>
/// <param name="Quiet">The hours in which warnings are softer.</param>
/// <param name="Chirp">To be played once, unless an alert sounds; null for nothing new.</param>
internal readonly record struct OutputRequest(
    StandingAlert Alert, bool Lost = false, bool Quiet = false, SoundPattern? Chirp = null);

/// <summary>What every output does now.</summary>
/// <param name="Sound">What is heard, and when one of the outputs will do something else.</param>
/// <param name="Pattern">What the sound is part of.</param>
/// <param name="Volume">0.25 to 1, for a buzzer that has one.</param>
internal readonly record struct OutputState(Sounding Sound, SoundPattern Pattern, double Volume, bool Lamp, bool Relay)
{
    public static readonly OutputState AllOff = new(new(false, 0, null), SoundPattern.Silence, 1, Lamp: false, Relay: false);
}

/// <summary>Decides what all outputs do: alerts first, then "nobody watches", then chirps.</summary>
internal sealed class OutputScheduler(GpioSettings settings, Func<StandingAlert, SoundPattern> table)
{
    private readonly PatternPlayer _alerts = new(table);
    private readonly LostReminder _reminder = new();
    private readonly Loudness _loudness = new(settings);
    private SoundPattern _cue = SoundPattern.Silence;
    private TimeSpan _cueAt;
    private (Lamp Lamp, bool Lost) _shown;
    private TimeSpan _shownAt;

    /// <summary>Call it when the wish changes and when <see cref="Sounding.Until"/> is reached.</summary>
    public OutputState Step(TimeSpan now, in OutputRequest wish)
    {
        var alert = _alerts.Step(now, wish.Alert);
        var tell = _reminder.Step(now, wish.Lost);
        if ((tell ? SoundPatterns.MonitoringLost : wish.Chirp) is { } cue) (_cue, _cueAt) = (cue, now);

        var isAlert = alert.Until is not null;
        if (isAlert) _cue = SoundPattern.Silence; // what was not heard beside an alert is not made up for
        var sound = isAlert ? alert : PatternWave.At(_cue, _cueAt, now);

        var (lit, change) = Show(now, wish);
        var next = Earlier(sound.Until, now + change);
        return new(
            sound with { Until = next }, isAlert ? _alerts.Pattern : _cue, _loudness.Of(wish.Alert.Level, wish.Quiet), lit,
            Relay: wish.Alert.Level >= settings.RelayFrom && !wish.Alert.IsSilenced);
    }

    private (bool Lit, TimeSpan? Change) Show(TimeSpan now, in OutputRequest wish)
    {
        var show = (wish.Alert.Lamp, wish.Lost);
        if (show != _shown) (_shown, _shownAt) = (show, now);
        var (lit, changesIn) = LampBlink.At(show.Lamp, show.Lost, now - _shownAt);
        // The self-test's chirp is seen as well as heard.
        return show == default && PatternWave.At(_cue, _cueAt, now).On ? (true, null) : (lit, changesIn);
    }

    private static TimeSpan? Earlier(TimeSpan? one, TimeSpan? other) => one < other || other is null ? one : other;
}
