using System.Collections.Concurrent;
using System.Net.Sockets;
using DriverMonitor.Files;
using Tmds.DBus.Protocol;

namespace DriverMonitor.HeartRate.Bluez.Bus;

/// <summary>A connection to the D-Bus system bus. One thread owns it: it sends, and receives what came while it waited.</summary>
internal sealed class SystemBus : IDisposable
{
    /// <summary>
    /// Messages that the owner has not taken. None may be dropped, for together they say how BlueZ's objects stand; an owner
    /// that is so far behind loses the connection, and learns on the next one how things stand now.
    /// </summary>
    private const int Capacity = 4096;

    /// <summary>A bus that accepts and then says nothing is no bus.</summary>
    private static readonly TimeSpan OpenPatience = TimeSpan.FromSeconds(10);

    private readonly DBusConnection _connection;
    private readonly BlockingCollection<BusMessage> _received = new(Capacity);
    private Task<Exception?>? _disconnected;
    private volatile string? _fault;
    private ulong _cookie;

    private SystemBus(string address) => _connection = new(address);

    /// <param name="address">Another bus than the system's, for tests; null for the system's.</param>
    /// <param name="signals">What it passes on.</param>
    /// <param name="agrees">What is said to a call that somebody makes of us: done, or refused.</param>
    /// <exception cref="BusException">There is no bus.</exception>
    public static SystemBus Open(
        string? address, IEnumerable<BusSignals> signals, Func<BusMessage, bool> agrees, TimeProvider time)
    {
        var bus = new SystemBus(address ?? DBusAddress.System ?? "");
        try
        {
            // The owner's thread is its own, so that it may wait here as it does for messages.
            bus.OpenAsync(signals, agrees).WaitAsync(OpenPatience, time).GetAwaiter().GetResult();
            return bus;
        }
        catch (Exception e) when (e is DBusExceptionBase or TimeoutException)
        {
            bus.Dispose();
            throw new BusException(
                $"The D-Bus system bus cannot be reached; Bluetooth needs it: apt-get install dbus bluez: {Describe(e)}.", e);
        }
    }

    /// <summary>Sends a call; its answer will carry the cookie returned.</summary>
    public ulong Send(BusCall call)
    {
        _ = ReceiveAnswerAsync(CallWriter.Write(_connection, call), ++_cookie);
        return _cookie;
    }

    /// <summary>The next message, or null when none came within <paramref name="patience"/>.</summary>
    /// <exception cref="BusException">The bus is gone.</exception>
    public BusMessage? Receive(TimeSpan patience)
    {
        var isGone = _disconnected!.IsCompleted;
        if (_received.TryTake(out var message, isGone ? TimeSpan.Zero : patience)) return message;
        return isGone ? throw new BusException($"The D-Bus system bus is gone: {Why()}.") : null;
    }

    public void Dispose() => _connection.Dispose();

    private async Task OpenAsync(IEnumerable<BusSignals> signals, Func<BusMessage, bool> agrees)
    {
        await _connection.ConnectAsync().ConfigureAwait(false);
        _disconnected = _connection.DisconnectedAsync();
        _connection.AddMethodHandler(new IncomingCalls(agrees));
        foreach (var wanted in signals)
        {
            var rule = new MatchRule
            {
                Type = MessageType.Signal,
                Sender = wanted.Sender,
                Interface = wanted.Interface,
                Member = wanted.Member,
                Arg0 = wanted.FirstArgument,
            };
            await _connection.AddMatchAsync(
                rule,
                static (message, _) => MessageReader.Read(message),
                (Notification<BusMessage> signal) => Take(signal.Value),
                emitOnCapturedContext: false).ConfigureAwait(false);
        }
    }

    /// <summary>Ends with the answer in the queue, or with the connection; it never fails, so nobody waits for it.</summary>
    private async Task ReceiveAnswerAsync(MessageBuffer call, ulong cookie)
    {
        try
        {
            // Read, and queued, while the connection hands it out: in its place among the signals.
            await _connection.CallMethodAsync(call, (message, _) => Take(MessageReader.Read(message, cookie)))
                .ConfigureAwait(false);
        }
        catch (DBusErrorReplyException e)
        {
            var text = e.ErrorMessage == e.ErrorName ? "" : e.ErrorMessage;
            Take(new(BusMessageKind.Error, "", "", "", [], cookie, new(e.ErrorName, text)));
        }
        catch (DBusExceptionBase e)
        {
            Close(Describe(e));
        }
    }

    private bool Take(BusMessage message)
    {
        if (_received.TryAdd(message)) return true;
        Close("its messages came faster than they were read");
        return false;
    }

    private void Close(string fault)
    {
        _fault ??= fault;
        _connection.Dispose();
    }

    private string Why() => _fault
        ?? (_disconnected is { IsCompletedSuccessfully: true, Result: { } reason } ? Describe(reason) : "it was closed");

    private static string Describe(Exception e) =>
        e.GetBaseException() is SocketException { SocketErrorCode: SocketError.AddressNotAvailable }
            ? "there is no such socket"
            : ShownText.Excerpt(e.Message.TrimEnd('.'));
}
