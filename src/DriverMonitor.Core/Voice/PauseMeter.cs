namespace DriverMonitor.Core.Voice;

/// <summary>
/// Pauses within talk: 0.25 to 3 s between two stretches of speech. Shorter ones are stops of the tongue (the customary limit,
/// Goldman-Eisler 1968); longer ones are listening.
/// </summary>
internal sealed class PauseMeter
{
    private static readonly int Shortest = (int)Math.Ceiling(TimeSpan.FromSeconds(0.25) / SoundFormat.Frame);
    private static readonly int Longest = (int)(TimeSpan.FromSeconds(3) / SoundFormat.Frame);

    private int? _silent;

    /// <returns>Frames of a pause that this frame ended; 0 for none.</returns>
    public int Add(bool isSpeech)
    {
        if (!isSpeech)
        {
            if (_silent is { } so && so <= Longest) _silent = so + 1;
            return 0;
        }

        var pause = _silent ?? 0;
        _silent = 0;
        return pause >= Shortest && pause <= Longest ? pause : 0;
    }

    public void Reset() => _silent = null;
}
