using System.Globalization;
using DriverMonitor.Core;
using DriverMonitor.Core.Signals;
using DriverMonitor.Host;

namespace DriverMonitor.Recording;

/// <summary>
/// One CSV line a frame: what was measured before anything was concluded. A missing value is an empty field; angles are
/// degrees, yaw + to the driver's right, pitch + up.
/// </summary>
internal sealed class TraceFile : IEventSink, IDisposable
{
    private const int LongestLine = 512;

    private readonly Stream _file;
    private readonly byte[] _line = new byte[LongestLine];
    private int _length;
    private long _frame;

    public TraceFile(string path)
    {
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 1 << 16);
        _file.Write("frame,at,face,open_left,open_right,closure,mouth,yaw,pitch,roll,gaze_yaw,gaze_pitch,neutral,happy,sad,angry,fearful,disgusted,surprised\n"u8);
    }

    public void Emit(in Observation seen, in Outcome outcome)
    {
        if (seen.Face is not { } face || face.Sight is Sight.NoFrame or Sight.Asleep) return;

        _length = 0;
        Whole(_frame++);
        Number(seen.At.TotalSeconds, "F3");
        var isDriver = face.Sight == Sight.Driver;
        Number(isDriver ? face.Presence : 0, "F3");
        Number(isDriver ? face.LeftEye.AspectRatio : null, "F4");
        Number(isDriver ? face.RightEye.AspectRatio : null, "F4");
        Number(outcome.Measures.Closure, "F3");
        Number(isDriver ? face.MouthOpen : null, "F3");
        Number(face.Head?.YawDegrees, "F1");
        Number(face.Head?.PitchDegrees, "F1");
        Number(face.Head?.RollDegrees, "F1");
        Number(face.Gaze?.YawDegrees, "F1");
        Number(face.Gaze?.PitchDegrees, "F1");
        Number(face.Expression?.Neutral, "F3");
        Number(face.Expression?.Happy, "F3");
        Number(face.Expression?.Sad, "F3");
        Number(face.Expression?.Angry, "F3");
        Number(face.Expression?.Fearful, "F3");
        Number(face.Expression?.Disgusted, "F3");
        Number(face.Expression?.Surprised, "F3");
        _line[_length - 1] = (byte)'\n';
        _file.Write(_line, 0, _length);
    }

    public void Dispose() => _file.Dispose();

    private void Whole(long value)
    {
        value.TryFormat(_line.AsSpan(_length), out var written, default, CultureInfo.InvariantCulture);
        _length += written;
        _line[_length++] = (byte)',';
    }

    private void Number(double? value, ReadOnlySpan<char> format)
    {
        if (value is { } known && double.IsFinite(known))
        {
            known.TryFormat(_line.AsSpan(_length), out var written, format, CultureInfo.InvariantCulture);
            _length += written;
        }

        _line[_length++] = (byte)',';
    }
}
