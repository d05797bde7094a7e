using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Voice;

/// <summary>
/// How the microphone is, judged on each second of sound; a fault counts after three seconds in a row and ends after two good
/// ones. All limits are engineering judgement. Allocates nothing after construction.
/// </summary>
internal sealed class MicrophoneCheck
{
    // The last bit or two toggle in an input that is switched off.
    private const int SilentPeak = 2, ClippedPeak = 32_700;
    private const double ClippedShare = 0.002, HumShare = 0.6, HumFromDbfs = -55, NoisyFromDbfs = -18;
    private const int BadSeconds = 3, GoodSeconds = 2;
    private const int Block = SoundFormat.SamplesPerSecond;

    // Mains chargers and their harmonics.
    private static readonly double[] Fifty = [50, 100, 150, 200, 250], Sixty = [60, 120, 180, 240, 300];

    private readonly Goertzel[] _hum = [.. Fifty.Concat(Sixty).Select(hz => new Goertzel(hz, Block))];
    private int _count, _peak, _clipped, _bad, _good;
    private double _squares;
    private MicrophoneState _suspected;

    public MicrophoneState State { get; private set; }

    /// <param name="noiseDbfs">Of the cabin above 150 Hz; null until it is known.</param>
    public void Add(ReadOnlySpan<short> frame, double? noiseDbfs)
    {
        foreach (var sample in frame)
        {
            var (x, height) = (sample / 32768.0, Math.Abs((int)sample));
            _squares += x * x;
            _peak = Math.Max(_peak, height);
            if (height >= ClippedPeak) _clipped++;
            foreach (var one in _hum) one.Add(x);
            if (++_count == Block) Judge(noiseDbfs);
        }
    }

    public void Reset()
    {
        ResetBlock();
        (_bad, _good, _suspected, State) = (0, 0, MicrophoneState.Present, MicrophoneState.Present);
    }

    private void Judge(double? noiseDbfs)
    {
        var now = Now(noiseDbfs);
        ResetBlock();
        _good = now == MicrophoneState.Present ? _good + 1 : 0;
        _bad = now == MicrophoneState.Present ? 0 : now == _suspected ? _bad + 1 : 1;
        _suspected = now;
        if (_bad >= BadSeconds) State = now;
        else if (_good >= GoodSeconds) State = MicrophoneState.Present;
    }

    private MicrophoneState Now(double? noiseDbfs)
    {
        if (_peak <= SilentPeak) return MicrophoneState.Muted;
        if (_clipped > ClippedShare * Block) return MicrophoneState.Clipped;
        var power = _squares / Block;
        var hum = Math.Max(Power(_hum.AsSpan(0, Fifty.Length)), Power(_hum.AsSpan(Fifty.Length)));
        if (SoundFormat.Decibels(power) >= HumFromDbfs && hum >= HumShare * power) return MicrophoneState.Hum;
        return noiseDbfs >= NoisyFromDbfs ? MicrophoneState.TooNoisy : MicrophoneState.Present;
    }

    private static double Power(ReadOnlySpan<Goertzel> family)
    {
        double sum = 0;
        foreach (var one in family) sum += one.Power;
        return sum;
    }

    private void ResetBlock()
    {
        (_count, _peak, _clipped, _squares) = (0, 0, 0, 0);
        foreach (var one in _hum) one.Reset();
    }
}
