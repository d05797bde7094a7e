namespace DriverMonitor.Core.Features;

/// <summary>
/// How long a measure has stayed at each of its values, with old time fading. Fixed bins: learning costs nothing and
/// never allocates; what is read from it is as fine as a bin is wide.
/// </summary>
public sealed class DecayingHistogram
{
    private readonly double _from;
    private readonly double _binWidth;
    private readonly TimeSpan _memory;
    private readonly double[] _seconds;
    private TimeSpan _faded;
    private double _total;

    /// <param name="from">Lower end; lower values count in the first bin.</param>
    /// <param name="to">Upper end; higher values count in the last bin.</param>
    /// <param name="memory">Time constant of forgetting.</param>
    public DecayingHistogram(double from, double to, int bins, TimeSpan memory)
    {
        (_from, _binWidth, _memory) = (from, (to - from) / bins, memory);
        _seconds = new double[bins];
    }

    /// <summary>Time learned and not yet faded, in seconds.</summary>
    public double TotalSeconds => _total;

    public void Add(double value, TimeSpan lasting)
    {
        var seconds = lasting.TotalSeconds;
        _seconds[Bin(value)] += seconds;
        _total += seconds;
        _faded += lasting;
        if (_faded >= TimeSpan.FromSeconds(1)) Fade();
    }

    /// <summary>The value below which <paramref name="share"/> of the time was spent, linear inside the bin.</summary>
    public double Quantile(double share)
    {
        var wanted = share * _total;
        for (var i = 0; i < _seconds.Length; i++)
        {
            if (wanted <= _seconds[i] && _seconds[i] > 0) return _from + (i + wanted / _seconds[i]) * _binWidth;
            wanted -= _seconds[i];
        }

        return _from + _seconds.Length * _binWidth;
    }

    /// <summary>Where most time was spent: the mean inside the fullest stretch of the given width, and the time in it.</summary>
    public (double Value, double Seconds) Densest(double width)
    {
        var span = Math.Max(1, (int)Math.Round(width / _binWidth));
        double sum = 0, best = 0;
        var bestEnd = -1;
        for (var i = 0; i < _seconds.Length; i++)
        {
            sum += _seconds[i] - (i >= span ? _seconds[i - span] : 0);
            if (sum <= best) continue;
            (best, bestEnd) = (sum, i);
        }

        return bestEnd < 0 ? (0, 0) : (MeanBetween(Math.Max(0, bestEnd - span + 1), bestEnd), best);
    }

    private double MeanBetween(int first, int last)
    {
        double weighted = 0, sum = 0;
        for (var i = first; i <= last; i++)
        {
            weighted += _seconds[i] * (_from + (i + 0.5) * _binWidth);
            sum += _seconds[i];
        }

        return weighted / sum;
    }

    private int Bin(double value) => (int)Math.Clamp((value - _from) / _binWidth, 0, _seconds.Length - 1);

    private void Fade()
    {
        var keep = Math.Exp(-_faded / _memory);
        double total = 0;
        for (var i = 0; i < _seconds.Length; i++) total += _seconds[i] *= keep;
        (_total, _faded) = (total, TimeSpan.Zero);
    }
}
