using System.Globalization;
using DriverMonitor.Core;
using DriverMonitor.Hosting;

namespace DriverMonitor.Recording;

/// <summary>Judges a recorded drive again, and compares what is said with what was said.</summary>
internal sealed class RecordingReplay(RecordingReader recording)
{
    private int _agreed, _differing;
    private TimeSpan? _firstDifference;
    private long _missing, _withheld, _damaged;
    private bool _isComparable;
    private TimeSpan _at;

    /// <summary>How far it is, in the drive's own time; may be read from another thread.</summary>
    public TimeSpan At => _at;

    public ReplayVerdict Run(MonitorPipeline pipeline, IEventSink sink, CancellationToken stop)
    {
        using var digest = new EventDigest(recording.Header.Origin);
        _isComparable = true;
        // What was allowed was said in a part that is gone.
        if (recording.Header.Part > 1) Judge(new Observation(FirstMoment(), Allowed: recording.Header.Allowed));
        foreach (var item in recording.Read())
        {
            if (stop.IsCancellationRequested) break;
            switch (item)
            {
                case RecordingItem.Seen seen:
                    Judge(seen.Observation);
                    break;
                case RecordingItem.Check check:
                    Compare(check.Said, digest.Said);
                    digest.Begin();
                    break;
                case RecordingItem.Gap gap:
                    HandleGap(gap);
                    digest.Begin();
                    break;
                case RecordingItem.Damage damage:
                    _damaged += damage.Bytes;
                    _isComparable &= damage.IsTail;
                    break;
            }
        }

        return new(recording.Header.Part > 1, _agreed, _differing, _firstDifference, _missing, _withheld, _damaged);

        void Judge(in Observation seen)
        {
            var outcome = pipeline.Step(seen);
            digest.Add(outcome);
            sink.Emit(seen, outcome);
            _at = outcome.At;
        }
    }

    private TimeSpan FirstMoment() =>
        recording.Read().OfType<RecordingItem.Seen>().Select(seen => seen.Observation.At).FirstOrDefault();

    private void HandleGap(RecordingItem.Gap gap)
    {
        if (gap.Why == GapReason.NotAllowed) _withheld += gap.Observations;
        else _missing += gap.Observations;
        _isComparable = true;
    }

    private void Compare(EventCheck recorded, EventCheck replayed)
    {
        if (!_isComparable)
        {
            // Somewhere in this minute a block is damaged; the next minute begins anew.
            _isComparable = true;
            return;
        }

        if (recorded == replayed) _agreed++;
        else
        {
            _differing++;
            _firstDifference ??= _at;
        }
    }
}

/// <summary>How a replay compares with the drive.</summary>
/// <param name="BeginsLater">The drive's first parts are gone, so the driver was learned anew.</param>
/// <param name="Agreed">Checks, of a minute each, in which the same was said to the byte.</param>
/// <param name="Differing">Those in which it was not.</param>
/// <param name="FirstDifference">The end of the first of those.</param>
/// <param name="Missing">Observations that the disk did not take.</param>
/// <param name="Withheld">Observations from before the driver allowed anything; in recordings of older programs, from whenever
/// nothing was allowed.</param>
/// <param name="DamagedBytes">Bytes that were passed over.</param>
internal sealed record ReplayVerdict(
    bool BeginsLater, int Agreed, int Differing, TimeSpan? FirstDifference, long Missing, long Withheld, long DamagedBytes)
{
    /// <summary>Everything that was said live was said again, and nothing else.</summary>
    public bool IsIdentical => Differing == 0 && Agreed > 0;

    public override string ToString() => Publish(ReportWords.English);

    public string Publish(ReportWords words)
    {
        var said = new List<string>
        {
            IsIdentical ? words.Identical
            : FirstDifference is { } first
                ? words.Put(
                    words.Differs, first.ToString("hh\\:mm\\:ss", CultureInfo.InvariantCulture), Differing, Agreed + Differing)
            : words.TooShort,
        };
        if (BeginsLater) said.Add(words.BeginsLater);
        if (Missing > 0) said.Add(words.Put(words.NotRecorded, Missing));
        if (Withheld > 0) said.Add(words.Put(words.Withheld, Withheld));
        if (DamagedBytes > 0) said.Add(words.Put(words.Damaged, DamagedBytes));
        return string.Join(' ', said);
    }
}
