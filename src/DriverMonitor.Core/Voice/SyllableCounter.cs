namespace DriverMonitor.Core.Voice;

/// <summary>
/// Counts syllable nuclei: peaks of intensity with a dip of at least 2 dB before them, above a threshold and voiced (de Jong and
/// Wempe, Behavior Research Methods 41, 2009). Their threshold is the recording's median; a stream has none, so it is the
/// cabin's noise and 6 dB. Bursts of laughter count as well. Allocates nothing.
/// </summary>
internal sealed class SyllableCounter
{
    /// <summary>Samples between two values of the intensity, 16 ms.</summary>
    public const int HopSamples = SoundFormat.FrameSamples / 2;

    private const double Dip = 2, OverNoise = 6;

    // Praat's window for the lowest voices is 64 ms.
    private const int Smoothed = 4;

    private readonly double[] _powers = new double[Smoothed];
    private int _next;
    private double _peak = double.NegativeInfinity, _trough = double.PositiveInfinity;
    private bool _isRising, _isVoiced;

    /// <param name="meanSquare">Of one hop above 150 Hz, relative to full scale.</param>
    /// <param name="noiseDbfs">Of the cabin.</param>
    /// <returns>Whether a nucleus has just ended.</returns>
    public bool Add(double meanSquare, double noiseDbfs, bool voiced)
    {
        _powers[_next] = meanSquare;
        _next = (_next + 1) % Smoothed;
        double sum = 0;
        foreach (var power in _powers) sum += power;
        var level = SoundFormat.Decibels(sum / Smoothed);
        if (!_isRising)
        {
            _trough = Math.Min(_trough, level);
            if (level < _trough + Dip) return false;
            (_isRising, _peak, _isVoiced) = (true, level, voiced);
            return false;
        }

        if (level > _peak) _peak = level;
        if (level > _peak - Dip)
        {
            _isVoiced |= voiced;
            return false;
        }

        (_isRising, _trough) = (false, level);
        return _isVoiced && _peak >= noiseDbfs + OverNoise;
    }

    public void Reset()
    {
        Array.Clear(_powers);
        (_peak, _trough, _isRising, _isVoiced) = (double.NegativeInfinity, double.PositiveInfinity, false, false);
    }
}
