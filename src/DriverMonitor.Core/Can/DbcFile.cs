using System.Globalization;

namespace DriverMonitor.Core.Can;

/// <summary>
/// The signals of a CAN database (.dbc): its BO_ and SG_ lines. Everything else in the file is passed over, comments over several
/// lines among it.
/// </summary>
public sealed class DbcFile
{
    /// <summary>A large vehicle's has some ten thousand; more are refused.</summary>
    public const int MostSignals = 100_000;

    /// <summary>The file marks identifiers of 29 bits with this bit.</summary>
    private const uint ExtendedBit = 0x80000000;

    /// <summary>Messages of Vector's own that hold what belongs to no frame.</summary>
    private const uint Independent = 0xC0000000;

    private readonly Dictionary<string, CanSignal?> _signals = new(StringComparer.Ordinal);
    private readonly List<(string Message, string Name, CanSignal Signal, bool IsSelected)> _message = [];
    private string _name = "";
    private CanFrameId? _id;
    private CanField? _selector;
    private int _count;

    private DbcFile()
    {
    }

    /// <summary>How many signals were read.</summary>
    public int Count => _count;

    /// <exception cref="FormatException">A line that should be understood is not; the message names it.</exception>
    public static DbcFile Parse(string text)
    {
        var file = new DbcFile();
        var (number, isQuoted) = (0, false);
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            number++;
            var line = raw.Trim();
            var wasQuoted = isQuoted;
            isQuoted ^= HasOddQuotes(line);
            if (wasQuoted) continue;
            try
            {
                file.Read(line);
            }
            catch (FormatException e)
            {
                throw new FormatException($"line {number} {e.Message}", e);
            }
        }

        file.CloseMessage();
        return file;
    }

    /// <summary>A signal by its name, or <c>Message.Signal</c> where several messages have one of that name.</summary>
    /// <exception cref="FormatException">There is none, or several; as a clause.</exception>
    public CanSignal Find(string name) =>
        !_signals.TryGetValue(name, out var signal) ? throw new FormatException("is no signal of the .dbc file")
        : signal ?? throw new FormatException("is the name of several signals; write Message.Signal");

    private void Read(ReadOnlySpan<char> line)
    {
        if (line.StartsWith("BO_ "))
        {
            CloseMessage();
            OpenMessage(line[4..].Trim());
        }
        else if (line.StartsWith("SG_ "))
        {
            AddSignal(line[4..].Trim());
        }
    }

    /// <summary><c>291 Name: 8 Sender</c></summary>
    private void OpenMessage(ReadOnlySpan<char> line)
    {
        var (blank, colon) = (line.IndexOf(' '), line.IndexOf(':'));
        if (blank < 0 || colon < blank || !TryUnsigned(line[..blank], out var id))
            throw new FormatException("is no message: BO_, its identifier, its name and a colon");
        var value = id & ~ExtendedBit;
        if (id != Independent && value > ((id & ExtendedBit) != 0 ? CanFrameId.HighestExtended : CanFrameId.HighestStandard))
            throw new FormatException("has an identifier of more than 29 bits, or of more than 11 that is not marked as extended");
        _name = line[(blank + 1)..colon].Trim().ToString();
        _id = id == Independent || LengthIn(line[(colon + 1)..]) > CanFrame.MostBytes ? null
            : new(value, (id & ExtendedBit) != 0);
    }

    private static uint LengthIn(ReadOnlySpan<char> rest)
    {
        rest = rest.Trim();
        var end = rest.IndexOf(' ');
        return TryUnsigned(end < 0 ? rest : rest[..end], out var bytes)
            ? bytes
            : throw new FormatException("is a message without a length");
    }

    /// <summary><c>Name m3 : 0|8@1+ (1,0) [0|0] "unit" Receiver</c>, of which all after the brackets is passed over.</summary>
    private void AddSignal(ReadOnlySpan<char> line)
    {
        if (_name.Length == 0) throw new FormatException("is a signal before any message");
        if (_id is not { } id) return; // a frame that is longer than a classic one is not read
        var colon = line.IndexOf(':');
        if (colon < 0) throw new FormatException("is a signal without a colon");
        var head = line[..colon].Trim();
        var blank = head.IndexOf(' ');
        var name = blank < 0 ? head : head[..blank];
        var mark = blank < 0 ? default : head[(blank + 1)..].Trim();
        if (name.IsEmpty) throw new FormatException("is a signal without a name");
        if (++_count > MostSignals) throw new FormatException($"is one signal more than {MostSignals}");
        var rest = line[(colon + 1)..];
        var end = rest.IndexOf(']');
        if (end < 0) throw new FormatException("is a signal without its limits in [ ]");
        var signal = CanSignalText.ParseDefinition(rest[..(end + 1)].Trim().ToString()) with { Id = id };
        if (mark is "M")
            _selector = signal.Field;
        if (mark.IsEmpty || mark is "M")
            _message.Add((_name, name.ToString(), signal, IsSelected: false));
        else if (mark[0] == 'm' && TryUnsigned(mark[1..], out var selected))
            _message.Add((_name, name.ToString(), signal with { Selected = selected }, IsSelected: true));
        else
            throw new FormatException("is a signal with nested multiplexing, which is not read");
    }

    private void CloseMessage()
    {
        foreach (var (message, name, signal, isSelected) in _message)
        {
            if (isSelected && _selector is null)
                throw new FormatException($"ends message {message}, whose multiplexed signals have no selector (M)");
            var whole = isSelected ? signal with { Selector = _selector } : signal;
            if (!_signals.TryAdd(name, whole)) _signals[name] = null;
            if (!_signals.TryAdd($"{message}.{name}", whole)) _signals[$"{message}.{name}"] = null;
        }

        _message.Clear();
        (_selector, _id) = (null, null);
    }

    private static bool TryUnsigned(ReadOnlySpan<char> text, out uint number) =>
        uint.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static bool HasOddQuotes(ReadOnlySpan<char> line)
    {
        var count = 0;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '\\') i++;
            else if (line[i] == '"') count++;
        }

        return count % 2 == 1;
    }
}
