using System.Globalization;
using DriverMonitor.Camera;
using DriverMonitor.Files;

namespace DriverMonitor.Vision;

/// <summary>
/// One optional network and its turn. What is wrong with it is said once and switches it off; the watch goes on without it.
/// </summary>
/// <param name="what">What is not found without it, such as "phones are".</param>
/// <param name="load">Makes the network; called when it is needed first.</param>
/// <param name="calm">How often it looks.</param>
/// <param name="stirred">How often while there is reason to; not longer.</param>
/// <param name="say">Told one line when it is switched off.</param>
internal sealed class TorsoLook(
    string what, Func<ITorsoModel> load, TimeSpan calm, TimeSpan stirred, TimeProvider time, Action<string> say) : IDisposable
{
    /// <summary>A network that takes this long a few times in a row takes the processor from the warning.</summary>
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(1);

    private const int MostTooLong = 3;

    private ITorsoModel? _model;
    private TimeSpan? _dueAt;
    private bool _isPrepared;
    private int _tooLong;

    /// <summary>Null before it is loaded.</summary>
    public OnnxModel? Model => _model?.Model;

    public bool IsOff { get; private set; }

    /// <summary>What the last look took.</summary>
    public TimeSpan Took { get; private set; }

    /// <summary>How long its turn has been waited for; null before it.</summary>
    public TimeSpan? Overdue(TimeSpan at, bool isStirred)
    {
        var due = isStirred ? _dueAt - (calm - stirred) : _dueAt;
        return !IsOff && at >= due ? at - due : null;
    }

    /// <summary>Sets its turn, the first time or after the clock jumped.</summary>
    public void Expect(TimeSpan at) => _dueAt = at;

    /// <summary>Takes what it needs of a picture. A network that is not loaded yet is loaded instead.</summary>
    public void Prepare(Frame frame, PictureOrientation orientation, in FaceFrame face)
    {
        _dueAt = frame.At + calm;
        _isPrepared = _model is not null;
        _model?.Prepare(frame, orientation, face);
    }

    /// <summary>Looks, on any thread.</summary>
    public TorsoReading Run()
    {
        var started = time.GetTimestamp();
        try
        {
            if (_model is null) _model = load();
            else if (_isPrepared) return Timed(started, _model.Run());
        }
#pragma warning disable CA1031 // an optional network must not reach the warning, whatever is in its file
        catch (Exception e)
        {
            SwitchOff(e is ModelException ? e.Message : $"{e.GetType().Name}: {e.Message}");
        }
#pragma warning restore CA1031

        return default;
    }

    /// <summary>Ends a run that does not come back. From another thread.</summary>
    public void Abort() => _model?.Model.Abort();

    public void Dispose() => _model?.Dispose();

    private TorsoReading Timed(long started, in TorsoReading read)
    {
        Took = time.GetElapsedTime(started);
        _tooLong = Took < TooLong ? 0 : _tooLong + 1;
        if (_tooLong == MostTooLong)
            SwitchOff(
                string.Create(CultureInfo.InvariantCulture, $"Model {Model!.Entry.File} takes {Took.TotalSeconds:0.0} s a picture."));
        return read;
    }

    private void SwitchOff(string why)
    {
        IsOff = true;
        say($"{ShownText.Line(why)} Until the next start {what} not looked for; everything else goes on.");
    }
}
