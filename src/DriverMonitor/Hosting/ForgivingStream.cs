namespace DriverMonitor.Hosting;

/// <summary>
/// Standard error may be closed, or lead to a full disk: what cannot be said there ends nothing; the exit code says it alone.
/// </summary>
internal sealed class ForgivingStream(Stream inner) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>In the place of <see cref="Console.Error"/>.</summary>
    public static void TakeStandardError() =>
        Console.SetError(
            new StreamWriter(new ForgivingStream(Console.OpenStandardError()), Console.OutputEncoding) { AutoFlush = true });

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            inner.Write(buffer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nobody reads it.
        }
    }

    public override void Flush()
    {
        // The console's own stream keeps nothing back.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
