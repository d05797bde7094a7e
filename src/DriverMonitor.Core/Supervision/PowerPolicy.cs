namespace DriverMonitor.Core.Supervision;

/// <summary>What is to be done about the board's supply.</summary>
public enum PowerStep
{
    None,

    /// <summary>It is gone; a battery or a capacitor feeds the board.</summary>
    Lost,

    Back,

    /// <summary>The battery or the capacitor will be empty soon: end now, while everything can still be written.</summary>
    End,
}

/// <summary>
/// When to end before the power goes, from what an uninterruptible supply says. It ends once for each loss that it saw begin: a
/// board that is still fed after that is a board that watches on.
/// </summary>
/// <param name="holds">How long the board is fed without its supply, where no charge is known.</param>
public sealed class PowerPolicy(TimeSpan holds)
{
    /// <summary>Below it a lithium cell's voltage falls within a minute under a board's load. Judgement.</summary>
    public const double LowPercent = 10;

    /// <summary>An engine that is started takes the supply away for a moment.</summary>
    private static readonly TimeSpan LostAfter = TimeSpan.FromSeconds(1), BackAfter = TimeSpan.FromSeconds(5);

    private bool _hadPower, _isLost, _hasEnded;
    private TimeSpan? _absentSince, _presentSince;

    /// <param name="at">On a clock that never jumps.</param>
    /// <param name="isAbsent">The supply is gone.</param>
    /// <param name="chargePercent">Of the battery; null where there is none, or what it says cannot be.</param>
    public PowerStep Step(TimeSpan at, bool isAbsent, double? chargePercent = null)
    {
        _absentSince = isAbsent ? _absentSince ?? at : null;
        _presentSince = isAbsent ? null : _presentSince ?? at;
        if (!_isLost)
        {
            _hadPower |= !isAbsent;
            if (!(at - _absentSince >= LostAfter)) return PowerStep.None;
            _isLost = true;
            return PowerStep.Lost;
        }

        if (at - _presentSince >= BackAfter)
        {
            (_isLost, _hadPower, _hasEnded) = (false, true, false);
            return PowerStep.Back;
        }

        if (!_hadPower || _hasEnded || !IsNearlyEmpty(at, chargePercent)) return PowerStep.None;
        _hasEnded = true;
        return PowerStep.End;
    }

    private bool IsNearlyEmpty(TimeSpan at, double? chargePercent) =>
        chargePercent is { } percent ? percent <= LowPercent : at - _absentSince >= holds;
}
