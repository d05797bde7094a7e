namespace DriverMonitor.Camera;

/// <summary>A source of pictures. One thread owns it: opens, reads, disposes.</summary>
internal interface ICamera : IDisposable
{
    /// <summary>Whether time passes by itself (a device), so that old pictures are worthless; a file waits to be read.</summary>
    bool IsLive { get; }

    /// <summary>Pictures still to come, where the source knows (a file).</summary>
    int? FrameCount { get; }

    /// <summary>What a recording promised and did not give; known at its end.</summary>
    InputLoss? Loss => null;

    /// <summary>Opens or re-opens the source. Throws <see cref="CameraException"/> with one line that says what to do.</summary>
    void Open();

    /// <summary>A buffer that <see cref="Read"/> can fill; made once and used again and again.</summary>
    Frame NewFrame();

    /// <summary>Waits for the next picture. False at the end of a file or when the device stopped giving pictures.</summary>
    /// <exception cref="CameraException">The device stopped and said why.</exception>
    bool Read(Frame frame, CancellationToken stop);

    /// <summary>
    /// Lets go of the device until it is opened again: a lost USB camera that somebody still holds returns under another
    /// number, and a lamp that is dark must not lie.
    /// </summary>
    void Close();

    /// <summary>
    /// From any thread: ends what the source waits for, so that <see cref="Read"/> returns or throws soon. A program that gives
    /// pictures is killed here and now; a source that needs no more than its next picture does nothing.
    /// </summary>
    void Interrupt() { }
}

/// <summary>The camera cannot be used; the message names the camera and what to do.</summary>
internal sealed class CameraException(string message, Exception? inner = null) : Exception(message, inner);
