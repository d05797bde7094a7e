using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Commands;

/// <summary>
/// Reads an order from bytes that anybody may have sent. Strict: what is not known exactly is refused by name, and no bytes
/// make it throw.
/// </summary>
public static class CommandReader
{
    /// <summary>The largest message that is looked at.</summary>
    public const int LargestBytes = 8 * 1024;

    /// <summary>The order, its arguments, a list in them, a pair in that list, a number in that pair.</summary>
    private const int Deepest = 5;

    /// <summary>Of tenants and vehicles, as in topics.</summary>
    private const int LongestName = 32;

    /// <param name="topicName">The last part of the topic it came on.</param>
    public static OrderReading Read(ReadOnlyMemory<byte> payload, string topicName)
    {
        if (payload.Length > LargestBytes) return OrderReading.Refused(CommandRefusal.TooLarge);
        if (!CommandText.IsPlain(payload.Span)) return OrderReading.Refused(CommandRefusal.StrangeCharacter);
        try
        {
            using var document = JsonDocument.Parse(payload);
            return Read(document.RootElement, topicName);
        }
        catch (JsonException)
        {
            return OrderReading.Refused(CommandRefusal.NotJson);
        }
    }

    /// <summary>What a vehicle would refuse these arguments of an order for; null if it can read them.</summary>
    public static (CommandRefusal Refusal, string Where)? FaultOf(string name, JsonElement args)
    {
        if (args.ValueKind != JsonValueKind.Object) return (CommandRefusal.WrongType, "args");
        if (!CommandText.IsPlain(Encoding.UTF8.GetBytes(args.GetRawText()))) return (CommandRefusal.StrangeCharacter, "args");
        if (CommandText.FirstFault(args, Deepest - 1) is { } fault) return (fault.Refusal, fault.Where ?? "args");
        var fields = new CommandFields(args);
        if (OrderOf(name, fields) is null) return (CommandRefusal.UnknownOrder, name);
        fields.NothingElse();
        return fields.Fault;
    }

    private static OrderReading Read(JsonElement root, string topicName)
    {
        if (root.ValueKind != JsonValueKind.Object) return OrderReading.Refused(CommandRefusal.WrongType);
        if (CommandText.FirstFault(root, Deepest) is { } fault) return OrderReading.Refused(fault.Refusal, fault.Where);

        var fields = new CommandFields(root);
        var id = fields.Text("id", 64, letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');
        var to = fields.Text("to", 2 * LongestName + 1, letter => IsNameLetter(letter) || letter == '/');
        if (
            to.Split('/') is not { Length: <= 2 } parts
            || Array.Exists(parts, part => part.Length > LongestName || (part.Length == 0 && to.Length > 0)))
            fields.Refuse(CommandRefusal.OutOfRange, "to");
        var name = fields.Text("name", 32, IsNameLetter);
        var counter = fields.Whole("ctr", least: 1);
        var expires = fields.Time("exp");
        var key = fields.Text("kid", 32, IsNameLetter);
        var signature = fields.Base64(CommandText.Signature, most: 128);
        var args = fields.Object("args");
        var order = OrderOf(name, args);
        if (order is null) fields.Refuse(CommandRefusal.UnknownOrder, "name");
        args.NothingElse();
        fields.NothingElse();
        if (name != topicName) fields.Refuse(CommandRefusal.WrongTopic, "name");

        return fields.Fault is { } wrong
            ? OrderReading.Refused(wrong.Refusal, wrong.Where, id)
            : new(new(id, to, counter, expires, key, order!, [.. CommandText.Canonical(root)], [.. signature]), null, null, id);
    }

    private static FleetCommand? OrderOf(string name, CommandFields args) => name switch
    {
        "resend" => Ordered(new FleetCommand.Resend(args.Whole("from", 1), args.Whole("to", 1)), args),
        "hwm" => new FleetCommand.HighWaterMark(args.Hex("epoch"), args.Whole("upTo", 0), Ranges(args)),
        "config" => new FleetCommand.Configure(Changes(args.Object("set"), args)),
        "consent-request" => new FleetCommand.ConsentRequest(Driver(args), Modality(args)),
        "erase" => new FleetCommand.EraseDriver(Driver(args)),
        "export" => new FleetCommand.ExportDriver(Driver(args), Convert.ToBase64String(args.Base64("key", most: 256))),
        "locate-fault" => new FleetCommand.LocateFault(),
        FleetCommand.RenewCertificate.OrderName => new FleetCommand.RenewCertificate(
            Convert.ToBase64String(args.Base64("certificate", most: 4096))),
        FleetCommand.UpdateProgram.OrderName => new FleetCommand.UpdateProgram(Version(args), Percent(args)),
        _ => null,
    };

    private static FleetCommand.Resend Ordered(FleetCommand.Resend order, CommandFields args)
    {
        if (order.To < order.From) args.Refuse(CommandRefusal.OutOfRange, "to");
        return order;
    }

    /// <summary>As Debian's policy has it, without an epoch: it begins with a digit.</summary>
    private static string Version(CommandFields args)
    {
        var version = args.Text("version", 64, letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '+' or '~' or '-');
        if (version is [var first, ..] && !char.IsAsciiDigit(first)) args.Refuse(CommandRefusal.OutOfRange, "version");
        return version;
    }

    private static int Percent(CommandFields args) => (int)args.Whole("percent", least: 0, most: 100);

    private static string Driver(CommandFields args) => args.Text("driver", 32, letter => IsNameLetter(letter) || letter == ':');

    private static Modalities Modality(CommandFields args)
    {
        switch (args.Text("modality", 16, IsNameLetter))
        {
            case "camera": return Modalities.Camera;
            case "heart": return Modalities.Heart;
            case "stress": return Modalities.Stress;
            case "anger": return Modalities.Anger;
            case "voice": return Modalities.Voice;
            default:
                args.Refuse(CommandRefusal.OutOfRange, "modality");
                return Modalities.None;
        }
    }

    private static ImmutableArray<SeqRange> Ranges(CommandFields args)
    {
        var ranges = ImmutableArray.CreateBuilder<SeqRange>();
        foreach (var item in args.Items("missing"))
        {
            if (item.ValueKind == JsonValueKind.Array && item.GetArrayLength() == 2
                && item[0].ValueKind == JsonValueKind.Number && item[1].ValueKind == JsonValueKind.Number)
            {
                var range = new SeqRange(item[0].GetInt64(), item[1].GetInt64());
                if (range.From < 1 || range.To < range.From) args.Refuse(CommandRefusal.OutOfRange, "missing");
                ranges.Add(range);
            }
            else args.Refuse(CommandRefusal.WrongType, "missing");
        }

        return ranges.ToImmutable();
    }

    private static ImmutableArray<ConfigChange> Changes(CommandFields set, CommandFields args)
    {
        var changes = ImmutableArray.CreateBuilder<ConfigChange>();
        foreach (var property in set.All())
        {
            if (property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                args.Refuse(CommandRefusal.WrongType, property.Name);
            else
                changes.Add(
                    new(property.Name, property.Value.ValueKind == JsonValueKind.Null ? null : property.Value.ToString()));
        }

        if (changes.Count == 0) args.Refuse(CommandRefusal.MissingKey, "set");
        return changes.ToImmutable();
    }

    private static bool IsNameLetter(char letter) => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-';
}

/// <summary>What came of reading: an order, or the first thing that was wrong with it.</summary>
/// <param name="Where">The field that was wrong, where it was one.</param>
/// <param name="Id">The order's id as far as it could be read, for the answer; may be empty.</param>
public sealed record OrderReading(SignedCommand? Order, CommandRefusal? Refusal, string? Where, string Id)
{
    internal static OrderReading Refused(CommandRefusal refusal, string? where = null, string id = "") =>
        new(null, refusal, where, id);
}
