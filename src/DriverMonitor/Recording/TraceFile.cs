using System.Globalization;
using System.Text;
using DriverMonitor.Core;
using DriverMonitor.Core.Faces;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Signals;
using DriverMonitor.Hosting;

namespace DriverMonitor.Recording;

/// <summary>
/// One CSV line a frame: what was measured before anything was concluded. A missing value is an empty field; angles are
/// degrees, yaw + to the driver's right, pitch + up.
/// </summary>
internal sealed class TraceFile : IEventSink, IDisposable
{
    private const int LongestLine = 512;

    private const string Columns = "frame,at,face,open_left,open_right,closure,mouth,yaw,pitch,roll,gaze_yaw,gaze_pitch";
    private const string Eyes = ",blink_left,blink_right,look_down,jaw_open,contrast,noise,contrast_left,contrast_right,phone,hand_at_ear,hand_at_chest";
    private const string Expressions = ",neutral,happy,sad,angry,fearful,disgusted,surprised";

    private readonly Stream _file;
    private readonly bool _hasExpressions;
    private readonly byte[] _line = new byte[LongestLine];
    private int _length;
    private long _frame;

    /// <param name="file">Where the lines go; it is closed with this.</param>
    /// <param name="policy">Whether it may show expressions; null for the settings' defaults.</param>
    public TraceFile(Stream file, DisclosurePolicy? policy = null)
    {
        _hasExpressions = (policy ?? DisclosurePolicy.Usual).Allows(Audience.File, Disclosure.Emotions);
        _file = file;
        _file.Write(Encoding.ASCII.GetBytes($"{Columns}{(_hasExpressions ? Expressions : "")}{Eyes}\n"));
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
        if (_hasExpressions) Numbers(face.Expression);
        Number(face.Blendshapes?.LeftBlink, "F3");
        Number(face.Blendshapes?.RightBlink, "F3");
        Number(face.Blendshapes?.LookDown, "F3");
        Number(face.Blendshapes?.JawOpen, "F3");
        Number(face.Light?.Contrast, "F3");
        Number(face.Light?.Noise, "F4");
        Number(isDriver ? face.LeftEye.Contrast : null, "F3");
        Number(isDriver ? face.RightEye.Contrast : null, "F3");
        Number(face.PhoneSeen, "F3");
        Number(face.Hands is { } ear ? HandPlace.AtEar(ear) : null, "F3");
        Number(face.Hands is { } chest ? HandPlace.BeforeChest(chest) : null, "F3");
        _line[_length - 1] = (byte)'\n';
        _file.Write(_line, 0, _length);
    }

    public void Dispose() => _file.Dispose();

    private void Numbers(Expression? expression)
    {
        Number(expression?.Neutral, "F3");
        Number(expression?.Happy, "F3");
        Number(expression?.Sad, "F3");
        Number(expression?.Angry, "F6"); // at 3 decimals ties cost up to 6.5 points of AUC
        Number(expression?.Fearful, "F3");
        Number(expression?.Disgusted, "F3");
        Number(expression?.Surprised, "F3");
    }

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
