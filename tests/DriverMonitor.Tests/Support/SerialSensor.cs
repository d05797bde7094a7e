namespace DriverMonitor.Tests.Support;

/// <summary>A sensor on a serial port that answers each question; pulled out it is silent until the time-out.</summary>
internal sealed class SerialSensor : Stream
{
    private readonly Queue<byte> _answers = new();

    public Func<byte[], byte[]> Answer { get; set; } = _ => [];

    public bool IsPulledOut { get; set; }

    public ManualResetEventSlim? Holds { get; set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        Holds?.Wait();
        if (IsPulledOut || _answers.Count == 0) throw new TimeoutException("The operation has timed out.");
        var read = 0;
        while (read < count && _answers.TryDequeue(out var one)) buffer[offset + read++] = one;
        return read;
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        Holds?.Wait();
        _answers.Clear();
        if (!IsPulledOut)
            foreach (var one in Answer(buffer[offset..(offset + count)])) _answers.Enqueue(one);
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
