using DriverMonitor.Core.Signals;

namespace DriverMonitor.Hosting;

/// <summary>
/// A source of what a microphone measured; asked before every picture, so it must answer at once from what it has.
/// </summary>
internal interface IVoiceMonitor
{
    /// <summary>The next reading of sound that ended up to <paramref name="now"/>, oldest first.</summary>
    bool TryRead(TimeSpan now, out TimeSpan at, out VoiceReading reading);

    /// <summary>The camera is closed because the vehicle is at rest: then nobody listens either.</summary>
    void Rest(bool isAtRest)
    {
    }
}
