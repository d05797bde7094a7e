using System.Threading.Channels;
using DriverMonitor.Audit;
using DriverMonitor.Core.Commands;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.RemoteCommands;

/// <summary>
/// Hears what comes under <c>cmd/</c>, decides whether to obey, obeys, and answers each order once. One worker does one order
/// after the other; the judgement never waits for it.
/// </summary>
/// <param name="address">This vehicle as orders name it: <c>tenant/vehicle</c>.</param>
/// <param name="trustedNow">The time of day; null where nobody vouches for it.</param>
/// <param name="answer">Sends an answer.</param>
internal sealed partial class CommandReceiver(
    string address, FleetKeys keys, CommandLedger ledger, AuditLog audit, CommandHandlers hands, Action<CommandAnswer> answer,
    Func<DateTimeOffset?> trustedNow, TimeProvider time, ILogger<CommandReceiver> log)
{
    /// <summary>What comes while this many wait is dropped: the guard would read none of it within the minute.</summary>
    private const int MostWaiting = 2 * CommandReplayGuard.MostReadAMinute;

    private const string NoStore = "the vehicle's store cannot be written";

    private readonly CommandReplayGuard _guard = new(address, keys.May, ledger.Counters);
    private readonly Channel<(string Name, byte[] Body)> _waiting = Channel.CreateBounded<(string, byte[])>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    private readonly ILogger _log = log;
    private readonly long _start = time.GetTimestamp();
    private volatile bool _isFlooded;
    private bool _isToldOfTenant;
    private long _dropped;

    /// <summary>Messages that were not even read, because too many came.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Takes a message as it came and returns at once.</summary>
    /// <param name="retained">The broker kept it for whoever comes: no order is ever meant for that.</param>
    public void Handle(string topic, byte[] body, bool retained)
    {
        if (retained) LogRetained(topic);
        else if (!_waiting.Writer.TryWrite((topic[(topic.LastIndexOf('/') + 1)..], body))) Drop();
    }

    public async Task RunAsync(CancellationToken stop)
    {
        if (keys.Unlimited.Count > 0) LogUnlimited(string.Join(", ", keys.Unlimited));
        foreach (var line in ledger.Unanswered)
            Close(line.Id, CommandAnswer.Refused(line.Id, line.Name, CommandRefusal.Interrupted));
        await foreach (var (name, body) in _waiting.Reader.ReadAllAsync(stop)) await TakeAsync(name, body, stop);
    }

    private TimeSpan Now => time.GetElapsedTime(_start);

    private async Task TakeAsync(string name, byte[] body, CancellationToken stop)
    {
        if (!_guard.MayRead(Now))
        {
            Drop();
            return;
        }

        _isFlooded = false;
        var reading = CommandReader.Read(body, name);
        if (reading.Order is not { } order)
        {
            var known = FleetCommand.Names.Contains(name) ? name : "unknown";
            Refuse(CommandAnswer.Refused(reading.Id, known, reading.Refusal!.Value, reading.Where), keyId: "");
        }
        else if ((_guard.CheckAddress(order) ?? (keys.HasSigned(order) ? null : CommandRefusal.BadSignature)) is { } stranger)
            Refuse(CommandAnswer.Refused(order, stranger), order.KeyId);
        else if (ledger.AnswerTo(order) is { } before)
            answer(before with { IsRepeated = true });
        else if (_guard.Admit(order, Now, trustedNow()) is { } refusal)
            Refuse(CommandAnswer.Refused(order, refusal), order.KeyId);
        else
            await ApplyAsync(order, stop);
    }

    private async Task ApplyAsync(SignedCommand order, CancellationToken stop)
    {
        if (_guard.IsWithoutTenant(order) && !_isToldOfTenant)
        {
            LogWithoutTenant(order.KeyId, order.To, address);
            _isToldOfTenant = true;
        }

        // A mark comes every minute and does no harm twice; to write each down would wear the card for nothing.
        if (order.Order is FleetCommand.HighWaterMark)
        {
            answer(await DoAsync(order, stop));
            return;
        }

        var said = TryWrite(() => ledger.Begin(order))
            ? await DoAsync(order, stop)
            : CommandAnswer.Refused(order, CommandRefusal.Failed, NoStore);
        Log(said, order.KeyId);
        Close(order.Id, said);
    }

    private async Task<CommandAnswer> DoAsync(SignedCommand signed, CancellationToken stop)
    {
        try
        {
            switch (signed.Order)
            {
                case FleetCommand.HighWaterMark mark:
                    hands.Mark(mark);
                    return CommandAnswer.Done(signed);
                case FleetCommand.Resend resend:
                    return CommandAnswer.Done(signed, $"{hands.Resend(resend.From, resend.To)} events");
                case FleetCommand.Configure config:
                    hands.Configure(config.Changes);
                    return CommandAnswer.Done(signed, "from the next start on");
                case FleetCommand.ConsentRequest request:
                    hands.AskDriver(request);
                    return CommandAnswer.Done(signed, "the driver is asked");
                case FleetCommand.EraseDriver erase:
                    return CommandAnswer.Done(signed, $"{hands.Erase(erase.Driver)} files");
                case FleetCommand.ExportDriver export:
                    var (detail, bundle) = hands.Export(export);
                    return CommandAnswer.Done(signed, detail) with { Bundle = bundle };
                case FleetCommand.RenewCertificate renewed:
                    hands.Renew(Convert.FromBase64String(renewed.Certificate));
                    return CommandAnswer.Done(signed, "used from the next connection on");
                case FleetCommand.UpdateProgram update:
                    return CommandAnswer.Done(signed, hands.Update(update));
                case FleetCommand.LocateFault:
                    var lines = await hands.LocateFault(stop);
                    return CommandAnswer.Done(signed, lines.All(line => line.Ok) ? "all well" : "not all is well") with
                    {
                        Lines = [.. lines.Select(line => line.ToString())],
                    };
                default:
                    throw new InvalidOperationException($"Nobody obeys {signed.Order.Name} yet.");
            }
        }
        catch (OrderFailedException e)
        {
            return CommandAnswer.Refused(signed, e.Refusal, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogFailed(e, signed.Order.Name);
            return CommandAnswer.Refused(signed, CommandRefusal.Failed, NoStore);
        }
    }

    private void Refuse(CommandAnswer said, string keyId)
    {
        LogRefused(said.Name, said.Reason, said.Detail);
        Log(said, keyId);
        answer(said);
    }

    private void Close(string id, CommandAnswer said)
    {
        TryWrite(() => ledger.End(id, said));
        answer(said);
    }

    private bool TryWrite(Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotKept(e);
            return false;
        }
    }

    private void Log(CommandAnswer said, string keyId)
    {
        TryWrite(() => audit.Append("order", json =>
        {
            json.WriteString("name", said.Name);
            json.WriteString("id", said.Id);
            json.WriteString("kid", keyId);
            json.WriteBoolean("ok", said.Ok);
            if (said.Reason is not null) json.WriteString("reason", said.Reason);
        }));
    }

    private void Drop()
    {
        Interlocked.Increment(ref _dropped);
        if (!_isFlooded) LogFlooded(CommandReplayGuard.MostReadAMinute);
        _isFlooded = true;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "An order on {Topic} was retained by the broker: ignored. Orders must not be retained."
    )]
    private partial void LogRetained(string topic);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Fleet:Keys: {Keys} may sign every order. Name the orders each needs: {{ \"File\": ..., \"Orders\": [...] }}; the next version refuses a file name alone."
    )]
    private partial void LogUnlimited(string keys);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "An order signed by {Key} is addressed to '{To}'. Address it to '{Address}'; the next version refuses orders that name no tenant."
    )]
    private partial void LogWithoutTenant(string key, string to, string address);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Order {Name} refused: {Reason} {Detail}")]
    private partial void LogRefused(string name, string? reason, string? detail);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "More than {Most} messages a minute come as orders: the rest is not read."
    )]
    private partial void LogFlooded(int most);

    [LoggerMessage(Level = LogLevel.Error, Message = "Order {Name} failed.")]
    private partial void LogFailed(Exception e, string name);

    [LoggerMessage(Level = LogLevel.Error, Message = "What was ordered cannot be written down.")]
    private partial void LogNotKept(Exception e);
}
