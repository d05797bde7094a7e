using DriverMonitor.Core.Evaluation;

namespace DriverMonitor.Evaluation.Labels;

/// <summary>A label as its file says it: in pictures or in seconds, both ends included where they are pictures.</summary>
/// <param name="Word">As the file spells it.</param>
internal readonly record struct RawLabel(string Word, double From, double Until, bool IsInPictures)
{
    /// <summary>The stretch on the input's own clock.</summary>
    /// <param name="pictures">When each picture was, in order.</param>
    public TimeRange On(IReadOnlyList<TimeSpan> pictures) =>
        IsInPictures ? new(At(pictures, From), At(pictures, Until + 1)) : new(Seconds(From), Seconds(Until));

    /// <summary>Labels may go a little beyond the last picture; from there the clock runs on at the pictures' pace.</summary>
    private static TimeSpan At(IReadOnlyList<TimeSpan> pictures, double number)
    {
        var place = (int)Math.Clamp(number, 0, int.MaxValue - 1);
        if (place < pictures.Count) return pictures[place];
        if (pictures.Count < 2) return pictures.Count == 0 ? TimeSpan.Zero : pictures[0];
        var pace = (pictures[^1] - pictures[0]) / (pictures.Count - 1);
        return pictures[^1] + pace * Math.Min(place - pictures.Count + 1, pictures.Count);
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 1e7));
}
