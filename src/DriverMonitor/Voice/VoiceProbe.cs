using DriverMonitor.Camera;
using DriverMonitor.Configuration;
using DriverMonitor.Core.Signals;
using DriverMonitor.Vision;

namespace DriverMonitor.Voice;

/// <summary>Tries the microphone for <c>check</c>, for two seconds, and keeps nothing.</summary>
internal static class VoiceProbe
{
    private static readonly TimeSpan Trial = TimeSpan.FromSeconds(5);

    /// <param name="isAllowed">The driver allows it; without, it is not opened.</param>
    public static CheckLine Check(
        MicrophoneSettings settings,
        VisionSettings vision,
        string driver,
        bool isAllowed,
        TimeProvider time,
        CancellationToken stop)
    {
        if (!isAllowed)
            return new("voice", Ok: true, $"not tried: {driver} has not allowed it, so nobody listens");
        try
        {
            using var reader = new SoundReader(new(ModelStore.Open(vision)), withEffort: false);
            using var child = ChildProcess.Start(settings.Command, settings.Line, time, use: new("microphone", "sound"));
            return Listen(child, reader, time, stop) is not { } heard
                ? new("voice", Ok: false, child.Ending())
                : new("voice", Ok: heard.Microphone == MicrophoneState.Present, Describe(settings, heard));
        }
        catch (Exception e) when (e is CameraException or ModelException)
        {
            return new("voice", Ok: false, e.Message);
        }
    }

    private static unsafe VoiceReading? Listen(ChildProcess child, SoundReader reader, TimeProvider time, CancellationToken stop)
    {
        VoiceReading? last = null;
        var started = time.GetTimestamp();
        while (time.GetElapsedTime(started) < Trial)
        {
            int got;
            fixed (byte* room = reader.Room) got = child.ReadSome((nint)room, reader.Room.Length, stop);
            if (got == 0) break;
            if (reader.TryTake(got, out var reading)) last = reading;
        }

        return last;
    }

    private static string Describe(MicrophoneSettings settings, in VoiceReading heard) => heard.Microphone switch
    {
        MicrophoneState.Muted => $"{settings.Command} gives digital silence: raise the capture volume with alsamixer",
        MicrophoneState.Clipped => $"{settings.Command} gives clipped sound: lower the capture volume with alsamixer",
        MicrophoneState.Hum => $"{settings.Command} gives the hum of a supply: use another supply, or a shielded cable",
        MicrophoneState.TooNoisy =>
            $"{settings.Command} gives noise that no voice stands out of: move the microphone, or lower its volume",
        _ => FormattableString.Invariant($"{settings.Command} gives sound; noise {heard.NoiseDbfs ?? -120:0} dB of full scale"),
    };
}
