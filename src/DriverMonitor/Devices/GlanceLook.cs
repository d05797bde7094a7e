using System.Drawing;
using DriverMonitor.Core.Alerts;

namespace DriverMonitor.Devices;

/// <summary>How a state is shown on a display and a ring.</summary>
/// <param name="Word">In capitals, at most nine letters.</param>
/// <param name="Form">How much of a ring is lit.</param>
/// <param name="Blinks">Twice a second.</param>
internal sealed record GlanceLook(string Word, Color Colour, RingForm Form, bool Blinks = false)
{
    /// <summary>Of the brightness by day: readable in a dark cab, and no lamp in the driver's eye.</summary>
    public const double NightShare = 0.08;

    public int EveryNth(int lights) => Form switch { RingForm.All => 1, RingForm.Half => 2, _ => lights };

    /// <summary>Never green while nobody watches or nobody would hear an alert.</summary>
    public static GlanceLook Of(GlanceState state) => state switch
    {
        GlanceState.AllWell => new("WELL", Color.FromArgb(0, 60, 0), RingForm.One),
        GlanceState.Starting => new("START", Color.FromArgb(40, 40, 40), RingForm.One),
        GlanceState.Hint => new("HINT", Color.FromArgb(60, 40, 0), RingForm.One),
        GlanceState.PoorView => new("BAD VIEW", Color.FromArgb(90, 60, 0), RingForm.Half),
        GlanceState.NoBuzzer => new("NO SOUND", Color.FromArgb(120, 60, 0), RingForm.Half, Blinks: true),
        GlanceState.NobodyWatches => new("NO WATCH", Color.FromArgb(120, 60, 0), RingForm.Half),
        GlanceState.TakeBreak => new("BREAK", Color.FromArgb(160, 80, 0), RingForm.All),
        GlanceState.EyesOnRoad => new("LOOK", Color.FromArgb(200, 0, 0), RingForm.All),
        _ => new("WAKE UP", Color.FromArgb(255, 0, 0), RingForm.All, Blinks: true),
    };
}

/// <summary>How much of a ring is lit.</summary>
internal enum RingForm { One, Half, All }
