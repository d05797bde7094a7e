using System.Collections.Immutable;
using System.Text.Json;
using DriverMonitor.Configuration;
using DriverMonitor.Core.Commands;
using DriverMonitor.Files;

namespace DriverMonitor.RemoteCommands;

/// <summary>
/// What must survive a power cut so that no order is obeyed twice and none goes unanswered: the last counter of each key, and
/// the last answers. An order is written down before it is obeyed.
/// </summary>
internal sealed class CommandLedger
{
    /// <summary>More than a fleet sends in the minutes in which it might repeat one.</summary>
    private const int MostKept = 32;

    private static readonly JsonSerializerOptions Strict = new()
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private readonly string _file;
    private Page _page;

    private CommandLedger(string file, Page page) => (_file, _page) = (file, page);

    public ImmutableDictionary<string, long> Counters => _page.Counters;

    /// <summary>Orders that were begun and have no answer: the program ended in between.</summary>
    public IReadOnlyList<Line> Unanswered => [.. _page.Lines.Where(line => line.Answer is null)];

    /// <summary>
    /// Throws <see cref="ConfigurationException"/>: without its counters a vehicle would obey old orders again.
    /// </summary>
    public static CommandLedger Open(string folder)
    {
        var ledger = Read(folder);
        Guard(ledger._file, () =>
        {
            PrivateFile.CreateFolder(folder);
            ledger.Save();
            return true;
        });
        return ledger;
    }

    /// <summary>
    /// The same without a try at writing, so that who looks does not leave a file that the service may not write.
    /// </summary>
    public static CommandLedger Read(string folder)
    {
        var file = Path.Combine(folder, "orders.json");
        return Guard(file, () => new CommandLedger(file,
            (File.Exists(file) ? JsonSerializer.Deserialize<Page>(StoredFile.ReadBytes(file), Strict)?.Checked() : null)
            ?? new Page(ImmutableDictionary<string, long>.Empty, [])));
    }

    private static T Guard<T>(string file, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException(
                $"{file} cannot be used ({e.Message.ReplaceLineEndings(" ")}). The vehicle cannot tell old orders from "
                    + "new ones: make the folder writable, or give every key a new name in Fleet:Keys and delete the file.",
                e);
        }
    }

    /// <summary>The answer that this very order had before; null if it is new.</summary>
    public CommandAnswer? AnswerTo(SignedCommand order) =>
        _page
            .Lines.LastOrDefault(line => line.Id == order.Id && line.KeyId == order.KeyId && line.Counter == order.Counter)
            ?.Answer;

    /// <summary>Before an order is obeyed.</summary>
    public void Begin(SignedCommand order)
    {
        var lines = _page.Lines.Add(new(order.Id, order.Order.Name, order.KeyId, order.Counter, null));
        _page = new(_page.Counters.SetItem(order.KeyId, order.Counter), lines.Length > MostKept ? lines.RemoveAt(0) : lines);
        Save();
    }

    /// <summary>After it was; what was sent along is not kept.</summary>
    public void End(string id, CommandAnswer answer)
    {
        var at = _page.Lines.Select(line => line.Id).ToList().LastIndexOf(id);
        if (at < 0)
            return;
        _page = _page with
        {
            Lines = _page.Lines.SetItem(at, _page.Lines[at] with { Answer = answer with { Lines = [], Bundle = null } }),
        };
        Save();
    }

    private void Save() => AtomicFile.Write(_file, file => JsonSerializer.Serialize(file, _page));

    /// <summary>One order and its answer.</summary>
    internal sealed record Line(string Id, string Name, string KeyId, long Counter, CommandAnswer? Answer);

    private sealed record Page(ImmutableDictionary<string, long> Counters, ImmutableArray<Line> Lines)
    {
        /// <summary>Throws <see cref="JsonException"/> for what was never written by us.</summary>
        public Page Checked() =>
            !Lines.IsDefault && Lines.All(line => line is not null) && Counters.Values.All(counter => counter >= 0)
                ? this
                : throw new JsonException("it holds what no order leaves behind");
    }
}
