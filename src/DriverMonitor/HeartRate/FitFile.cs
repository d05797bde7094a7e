using System.Buffers.Binary;

namespace DriverMonitor.HeartRate;

/// <summary>
/// The beats of a Garmin .fit: intervals from its hrv messages, or else the rates of its record messages (FIT protocol, chapter
/// "File structure"). Of the format only what leads to them is understood; every length is held against the file's.
/// </summary>
internal sealed class FitFile
{
    private const int RecordMessage = 20, HrvMessage = 78;
    private const int TimestampField = 253, HeartRateField = 3, HrvTimeField = 0;
    private const ushort NoInterval = 0xFFFF;
    private const byte NoRate = 0xFF;

    private readonly Definition?[] _kinds = new Definition?[16];
    private readonly List<HeartRow> _beats = [];
    private readonly List<HeartRow> _rates = [];
    private uint? _first, _now;

    /// <summary>Whether a file begins as one.</summary>
    public static bool Is(ReadOnlySpan<byte> start) => start.Length >= 12 && start[8..12].SequenceEqual(".FIT"u8);

    /// <summary>What is there; a file that was cut is read to its cut.</summary>
    public static HeartRows Read(ReadOnlySpan<byte> bytes)
    {
        var file = new FitFile();
        var start = Math.Min((int)bytes[0], bytes.Length);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        var body = bytes[start..(int)Math.Min(bytes.Length, start + (long)length)];
        while (body.Length > 0 && file.TryTake(ref body)) { }

        return new(file._beats.Count > 0 ? file._beats : file._rates, 1);
    }

    private bool TryTake(ref ReadOnlySpan<byte> body)
    {
        var head = body[0];
        body = body[1..];
        var isCompressed = (head & 0x80) != 0;
        if (!isCompressed && (head & 0x40) != 0) return TryDefine(ref body, head & 15, hasOwnFields: (head & 0x20) != 0);
        if (_kinds[isCompressed ? head >> 5 & 3 : head & 15] is not { } kind || body.Length < kind.Length) return false;
        // The lowest five bits of the time, which goes on from the last whole one.
        if (isCompressed && _now is { } last) _now = last + ((uint)(head & 31) - last & 31);
        Take(kind, body[..kind.Length]);
        body = body[kind.Length..];
        return true;
    }

    private bool TryDefine(ref ReadOnlySpan<byte> body, int local, bool hasOwnFields)
    {
        if (body.Length < 5) return false;
        var isBig = body[1] == 1;
        var message = isBig
            ? BinaryPrimitives.ReadUInt16BigEndian(body[2..])
            : BinaryPrimitives.ReadUInt16LittleEndian(body[2..]);
        var count = body[4];
        if (body.Length < 5 + 3 * count) return false;
        var fields = new (byte Number, byte Size)[count];
        for (var i = 0; i < count; i++) fields[i] = (body[5 + 3 * i], body[6 + 3 * i]);
        var own = 0;
        body = body[(5 + 3 * count)..];
        if (hasOwnFields)
        {
            if (body.Length < 1 || body.Length < 1 + 3 * body[0]) return false;
            for (var i = 0; i < body[0]; i++) own += body[2 + 3 * i];
            body = body[(1 + 3 * body[0])..];
        }

        _kinds[local] = new(message, isBig, fields, own + fields.Sum(field => field.Size));
        return true;
    }

    private void Take(Definition kind, ReadOnlySpan<byte> data)
    {
        byte? rate = null;
        foreach (var (number, size) in kind.Fields)
        {
            var value = data[..size];
            data = data[size..];
            if (number == TimestampField && size == 4)
                _now = kind.IsBig ? BinaryPrimitives.ReadUInt32BigEndian(value) : BinaryPrimitives.ReadUInt32LittleEndian(value);
            else if (kind.Message == RecordMessage && number == HeartRateField && size == 1)
                rate = value[0];
            else if (kind.Message == HrvMessage && number == HrvTimeField)
                TakeIntervals(value, kind.IsBig);
        }

        _first ??= _now;
        if (rate is > 0 and not NoRate && _now is { } now && now >= _first) _rates.Add(new(now - _first!.Value, rate, []));
    }

    private void TakeIntervals(ReadOnlySpan<byte> values, bool isBig)
    {
        for (; values.Length >= 2; values = values[2..])
        {
            var ms = isBig ? BinaryPrimitives.ReadUInt16BigEndian(values) : BinaryPrimitives.ReadUInt16LittleEndian(values);
            if (ms != NoInterval) _beats.Add(new(null, null, [ms]));
        }
    }

    private sealed record Definition(int Message, bool IsBig, (byte Number, byte Size)[] Fields, int Length);
}
