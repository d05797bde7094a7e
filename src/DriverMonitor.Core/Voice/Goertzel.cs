namespace DriverMonitor.Core.Voice;

/// <summary>Power of one frequency in a block of samples (Goertzel 1958).</summary>
internal sealed class Goertzel(double hertz, int block)
{
    private readonly double _turn = 2 * Math.Cos(2 * Math.PI * hertz / SoundFormat.SamplesPerSecond);
    private double _last, _before;

    /// <summary>Mean square of this frequency's part of the block.</summary>
    public double Power => 2 * (_last * _last + _before * _before - _turn * _last * _before) / ((double)block * block);

    public void Add(double x) => (_last, _before) = (x + _turn * _last - _before, _last);

    public void Reset() => (_last, _before) = (0, 0);
}
