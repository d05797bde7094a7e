using System.Buffers.Binary;

namespace DriverMonitor.Camera;

/// <summary>
/// Finds the pictures in a stream of JPEG bytes. Segments are walked by their length, so that a thumbnail inside one does
/// not end the picture; junk between pictures is skipped; a picture cut short is given up where the next one begins.
/// </summary>
internal sealed class JpegSplitter
{
    /// <summary>Bytes; far beyond a camera's JPEG, so what has no end until here is not one.</summary>
    private const int LargestPicture = 16 << 20;

    private enum Part { Junk, Segments, Scan }

    private enum Step { Again, NeedsMore, Picture }

    private static ReadOnlySpan<byte> Start => [0xFF, 0xD8, 0xFF];

    private byte[] _buffer = new byte[256 * 1024];
    private Part _part;
    private int _start; // of the picture, or of what may be one
    private int _at; // looked at up to here; a segment's length may lead beyond what is filled
    private int _end; // filled up to here

    /// <summary>Where the next bytes of the stream go; then tell <see cref="Filled"/> how many.</summary>
    public Span<byte> Room()
    {
        if (_end - _start > LargestPicture) (_part, _start, _at) = (Part.Junk, _end, _end);
        if (_end == _buffer.Length) MakeRoom();
        return _buffer.AsSpan(_end);
    }

    public void Filled(int count) => _end += count;

    /// <summary>The next whole picture, valid until <see cref="Room"/> is asked for again.</summary>
    public bool TryNext(out ReadOnlySpan<byte> picture)
    {
        Step step;
        do
        {
            step = _part switch
            {
                Part.Junk => FindStart(),
                Part.Segments => WalkSegment(),
                _ => FindEndOfScan(),
            };
        }
        while (step == Step.Again);

        picture = step == Step.Picture ? _buffer.AsSpan(_start.._at) : default;
        if (step == Step.Picture) (_part, _start) = (Part.Junk, _at);
        return step == Step.Picture;
    }

    private Step FindStart()
    {
        var found = _buffer.AsSpan(_at.._end).IndexOf(Start);
        // The last two bytes may be the beginning of a start.
        _start = found >= 0 ? _at + found : Math.Max(_at, _end - 2);
        _at = _start;
        if (found < 0) return Step.NeedsMore;
        _at += 2;
        _part = Part.Segments;
        return Step.Again;
    }

    private Step WalkSegment()
    {
        if (_end - _at < 2) return Step.NeedsMore;
        if (_buffer[_at] != 0xFF) return GiveUp();
        switch (_buffer[_at + 1])
        {
            case 0xFF: // fill byte
                _at++;
                return Step.Again;
            case 0xD8: // the next picture begins: this one was cut short
                _start = _at;
                _at += 2;
                return Step.Again;
            case 0xD9:
                _at += 2;
                return Step.Picture;
            case 0x01 or (>= 0xD0 and <= 0xD7): // markers without a length
                _at += 2;
                return Step.Again;
            case 0x00:
                return GiveUp();
            case var marker:
                if (_end - _at < 4) return Step.NeedsMore;
                var length = BinaryPrimitives.ReadUInt16BigEndian(_buffer.AsSpan(_at + 2));
                if (length < 2) return GiveUp();
                _at += 2 + length;
                _part = marker == 0xDA ? Part.Scan : Part.Segments;
                return Step.Again;
        }
    }

    /// <summary>Entropy-coded data runs to the next 0xFF that is neither stuffed nor a restart marker.</summary>
    private Step FindEndOfScan()
    {
        if (_at >= _end) return Step.NeedsMore;
        var found = _buffer.AsSpan(_at.._end).IndexOf((byte)0xFF);
        _at = found < 0 ? _end : _at + found;
        if (_end - _at < 2) return Step.NeedsMore;
        if (_buffer[_at + 1] is 0x00 or (>= 0xD0 and <= 0xD7)) _at += 2;
        else _part = Part.Segments;
        return Step.Again;
    }

    /// <summary>This was no picture; look for one behind its first marker.</summary>
    private Step GiveUp()
    {
        _at = _start + 2;
        _part = Part.Junk;
        return Step.Again;
    }

    private void MakeRoom()
    {
        var old = _buffer;
        if (_start < _buffer.Length / 2) _buffer = new byte[old.Length * 2];
        old.AsSpan(_start.._end).CopyTo(_buffer);
        (_at, _end, _start) = (_at - _start, _end - _start, 0);
    }
}
