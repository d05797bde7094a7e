namespace DriverMonitor.Core.Scoring;

/// <summary>Says whether an episode is on: begun by enough high time in a short window, ended by a spell of calm.</summary>
internal sealed class AngerEpisode(AngerSettings settings)
{
    private readonly (TimeSpan At, TimeSpan High)[] _ring = new (TimeSpan, TimeSpan)[64];
    private int _next;
    private bool _on;
    private TimeSpan? _calmSince;

    public bool Step(TimeSpan at, TimeSpan passed, double p)
    {
        _ring[_next] = (at, p >= settings.EpisodeAt ? passed : TimeSpan.Zero);
        _next = (_next + 1) % _ring.Length;

        _calmSince = p < settings.EndBelow ? _calmSince ?? at : null;
        if (_calmSince is { } since && at - since >= settings.EpisodeWindow) _on = false;
        else if (HighTime(at) >= settings.EpisodeTime) _on = true;
        return _on;
    }

    public void Reset()
    {
        Array.Clear(_ring);
        _on = false;
        _calmSince = null;
    }

    private TimeSpan HighTime(TimeSpan at)
    {
        var sum = TimeSpan.Zero;
        foreach (var (then, high) in _ring)
            if (then > at - settings.EpisodeWindow) sum += high;
        return sum;
    }
}
