namespace DriverMonitor.Core.Voice;

/// <summary>
/// Breath: noise without pitch and without speech, well above the cabin's below and above 1 kHz, for 0.4 s and more. A yawn draws
/// it in for seconds (its sound has been described, not standardised: judgement). Answers as late as the labels do.
/// </summary>
internal sealed class BreathRuns
{
    private readonly bool[] _isBreath = new bool[SpeechLabels.Delay + 1];
    private int _next, _run;

    /// <returns>Whether the frame of <see cref="SpeechLabels.Delay"/> frames ago was part of a breath.</returns>
    public bool Add(bool breathes)
    {
        _run = breathes ? _run + 1 : 0;
        _isBreath[_next] = _run > SpeechLabels.Delay;
        if (_run == SpeechLabels.Delay)
            for (var back = 0; back < SpeechLabels.Delay; back++) _isBreath[Place(back)] = true;
        var label = _isBreath[Place(SpeechLabels.Delay)];
        _next = (_next + 1) % _isBreath.Length;
        return label;
    }

    public void Reset()
    {
        Array.Clear(_isBreath);
        _run = 0;
    }

    private int Place(int back) => (_next - back + _isBreath.Length) % _isBreath.Length;
}
