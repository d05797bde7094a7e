using System.Collections.Immutable;

namespace DriverMonitor.Core.Can;

/// <summary>A physical value in frames of one identifier.</summary>
/// <param name="Minimum">Below it the value is not known: many vehicles write "not available" as the highest numbers.</param>
/// <param name="Maximum">Above it likewise. No limits where both are equal, as a .dbc file says it.</param>
/// <param name="Selector">Where it says which of several meanings a frame has; null where there is but one.</param>
/// <param name="Selected">What the selector must be for this one.</param>
/// <param name="OnValues">The values that mean "on"; empty for all but 0.</param>
public sealed record CanSignal(
    CanFrameId Id, CanField Field, double Factor = 1, double Offset = 0, double Minimum = 0, double Maximum = 0,
    CanField? Selector = null, double Selected = 0, ImmutableArray<double> OnValues = default)
{
    // A value that is written as 0.1 times 3 is not quite 0.3.
    private const double Rounding = 1e-9;

    /// <summary>This frame holds the value, known or not.</summary>
    public bool IsIn(in CanFrame frame) =>
        frame.Id == Id && frame.Length >= Field.NeedsBytes && (Selector is not { } selector || selector.Read(frame) == Selected);

    /// <summary>The value; null where this frame does not hold it, or says that it is not known.</summary>
    public double? Read(in CanFrame frame)
    {
        if (!IsIn(frame) || Field.Read(frame) is not { } raw) return null;
        var value = raw * Factor + Offset;
        var isKnown = Minimum >= Maximum || (value >= Minimum - Near(Minimum) && value <= Maximum + Near(Maximum));
        return isKnown && double.IsFinite(value) ? value : null;
    }

    /// <summary>Whether a value means "on".</summary>
    public bool IsOn(double value)
    {
        if (OnValues.IsDefaultOrEmpty) return value != 0;
        foreach (var one in OnValues)
            if (Math.Abs(value - one) <= Near(one)) return true;
        return false;
    }

    private static double Near(double limit) => Rounding * Math.Max(1, Math.Abs(limit));
}
