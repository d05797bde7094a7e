using System.Collections.Immutable;
using System.Text.Json;

namespace DriverMonitor.Core.Commands;

/// <summary>
/// Reads an enrolment from bytes that anybody may have written, as strictly as an order: what is not known exactly is refused
/// in words, and no bytes make it throw.
/// </summary>
public static class EnrolmentReader
{
    /// <summary>The largest file that is looked at.</summary>
    public const int LargestBytes = 16 * 1024;

    /// <summary>The object, its keys, one of them, its orders, a name in them.</summary>
    private const int Deepest = 5;

    private const int MostBrokers = 16, MostKeys = 16, LongestHost = 260, LongestDer = 4096;

    /// <param name="fault">What is wrong, as a clause to follow the file's name; null if nothing is.</param>
    public static Enrolment? Read(ReadOnlyMemory<byte> file, out string? fault)
    {
        (var read, fault) = Read(file);
        return fault is null ? read : null;
    }

    private static (Enrolment?, string?) Read(ReadOnlyMemory<byte> file)
    {
        if (file.Length > LargestBytes) return (null, $"is larger than {LargestBytes / 1024} KiB");
        if (!CommandText.IsPlain(file.Span)) return (null, "holds characters that no enrolment has");
        try
        {
            using var document = JsonDocument.Parse(file);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return (null, "is no enrolment file, or was cut off");
        }
    }

    private static (Enrolment?, string?) Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) return (null, "is no enrolment file");
        if (CommandText.FirstFault(root, Deepest) is { } ambiguous) return (null, Words(ambiguous.Refusal, ambiguous.Where));
        var fields = new CommandFields(root);
        if (fields.Text("format", 64, letter => letter > ' ') is var format && format != Enrolment.Format)
            return (null, format.Length == 0 ? "is no enrolment file" : "is an enrolment of another version; update the program");
        var keys = fields.Object("keys");
        var settings = fields.Object("settings");
        var read = new Enrolment(
            fields.Text("tenant", 32, IsNameLetter),
            fields.Text("vehicle", 32, IsNameLetter),
            Texts(fields, "brokers", MostBrokers, LongestHost, letter => letter is > ' ' and not ',' and not '"'),
            Der(fields, "authority"),
            Der(fields, "certificate"),
            Der(fields, "key"),
            KeysOf(keys),
            SettingsOf(settings));
        fields.NothingElse();
        return (read, fields.Fault is { } wrong ? Words(wrong.Refusal, wrong.Where) : null);
    }

    private static ImmutableArray<byte> Der(CommandFields fields, string key)
    {
        var bytes = fields.Base64(key, LongestDer);
        return [.. bytes];
    }

    private static ImmutableArray<EnrolmentKey> KeysOf(CommandFields keys)
    {
        var read = ImmutableArray.CreateBuilder<EnrolmentKey>();
        foreach (var one in keys.All())
        {
            if (!IsName(one.Name) || read.Count == MostKeys) keys.Refuse(CommandRefusal.OutOfRange, "keys");
            if (one.Value.ValueKind != JsonValueKind.Object)
            {
                keys.Refuse(CommandRefusal.WrongType, one.Name);
                continue;
            }

            var key = new CommandFields(one.Value, keys);
            var orders = Texts(key, "orders", FleetCommand.Names.Length, 32, letter => IsNameLetter(letter));
            if (orders.Any(order => !FleetCommand.Names.Contains(order))) keys.Refuse(CommandRefusal.OutOfRange, "orders");
            read.Add(new(one.Name, Der(key, "key"), orders));
            key.NothingElse();
        }

        return read.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, string> SettingsOf(CommandFields settings)
    {
        var read = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var one in settings.All())
        {
            if (!Enrolment.Settable.Contains(one.Name)) settings.Refuse(CommandRefusal.NotAllowed, one.Name);
            else if (one.Value.ValueKind != JsonValueKind.String) settings.Refuse(CommandRefusal.WrongType, one.Name);
            else read[one.Name] = one.Value.GetString()!;
        }

        return read.ToImmutable();
    }

    /// <summary>At least one, each once.</summary>
    private static ImmutableArray<string> Texts(CommandFields fields, string key, int most, int longest, Func<char, bool> may)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var item in fields.Items(key))
        {
            var text = item.ValueKind == JsonValueKind.String ? item.GetString()! : "";
            if (text.Length == 0 || text.Length > longest || !text.All(may) || texts.Contains(text) || texts.Count == most)
                fields.Refuse(CommandRefusal.OutOfRange, key);
            texts.Add(text);
        }

        if (texts.Count == 0) fields.Refuse(CommandRefusal.OutOfRange, key);
        return texts.ToImmutable();
    }

    private static string Words(CommandRefusal refusal, string? where) => refusal switch
    {
        CommandRefusal.TooDeep => "is no enrolment file",
        CommandRefusal.MissingKey => $"lacks '{where}'",
        CommandRefusal.DuplicateKey => $"names '{where}' twice",
        CommandRefusal.UnknownKey => $"holds '{where}', which no enrolment has",
        CommandRefusal.NotAllowed => $"would set '{where}', which an enrolment may not",
        _ => $"holds a '{where}' that cannot be used",
    };

    private static bool IsName(string name) => name.Length is >= 1 and <= 32 && name.All(IsNameLetter);

    private static bool IsNameLetter(char letter) => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-';
}
