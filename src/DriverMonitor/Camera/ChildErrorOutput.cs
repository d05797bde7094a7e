using System.Text;

namespace DriverMonitor.Camera;

/// <summary>Hears one line of a child's standard error, without its line end.</summary>
internal delegate void LineHeard(ReadOnlySpan<byte> line);

/// <summary>Cuts what a child says on standard error into lines, and keeps the last one: it tells why the child ended.</summary>
internal sealed class ChildErrorOutput(LineHeard? heard)
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private readonly byte[] _last = new byte[400];
    private int _filled;
    private int _lastLength;

    /// <summary>The last line that was not empty.</summary>
    public string LastLine => Encoding.UTF8.GetString(_last, 0, _lastLength);

    /// <summary>Takes what the pipe holds, at most one buffer full.</summary>
    public unsafe void ReadFrom(ChildPipe pipe)
    {
        int got;
        fixed (byte* start = _buffer) got = pipe.Read(start + _filled, _buffer.Length - _filled);
        _filled += got;
        var rest = _buffer.AsSpan(0, _filled);
        for (int end; (end = rest.IndexOfAny((byte)'\n', (byte)'\r')) >= 0; rest = rest[(end + 1)..]) Handle(rest[..end]);

        // A line without an end is heard when nothing can follow any more, or when it fills the buffer.
        if (pipe.Ended || rest.Length == _buffer.Length)
        {
            Handle(rest);
            rest = [];
        }

        rest.CopyTo(_buffer);
        _filled = rest.Length;
    }

    private void Handle(ReadOnlySpan<byte> line)
    {
        line = line.Trim((byte)' ');
        if (line.IsEmpty) return;
        _lastLength = Math.Min(line.Length, _last.Length);
        line[.._lastLength].CopyTo(_last);
        heard?.Invoke(line);
    }
}
