namespace DriverMonitor.HeartRate.Bluez.Bus;

/// <summary>A connection to the D-Bus system bus. One thread owns it: it sends, and receives what came while it waited.</summary>
internal sealed class SystemBus : IDisposable
{
    private const int PermissionDenied = 13; // EACCES

    private readonly BusHandle _bus;
    private readonly Func<BusMessage, bool> _agrees;

    private SystemBus(BusHandle bus, Func<BusMessage, bool> agrees) => (_bus, _agrees) = (bus, agrees);

    /// <param name="address">Another bus than the system's, for tests; null for the system's.</param>
    /// <param name="agrees">What is said to a call that somebody makes of us: done, or refused.</param>
    /// <exception cref="BusException">There is no bus, or libsystemd is missing.</exception>
    public static SystemBus Open(string? address, Func<BusMessage, bool> agrees)
    {
        try
        {
            return new(address is null ? OpenSystem() : OpenAt(address), agrees);
        }
        catch (DllNotFoundException e)
        {
            throw new BusException("libsystemd.so.0 is missing; Bluetooth needs it: apt-get install libsystemd0.", e);
        }
    }

    /// <summary>Sends a call; its answer will carry the cookie returned.</summary>
    public ulong Send(BusCall call)
    {
        Check(LibSystemd.NewCall(_bus, out var message, call.Destination, call.Path, call.Interface, call.Member));
        using (message)
        {
            foreach (var argument in call.Arguments) MessageWriter.Append(message, argument);
            Check(LibSystemd.Send(_bus, message, out var cookie));
            return cookie;
        }
    }

    /// <summary>The next message, or null when none came within <paramref name="patience"/>.</summary>
    /// <exception cref="BusException">The bus is gone.</exception>
    public BusMessage? Receive(TimeSpan patience)
    {
        var waited = false;
        while (true)
        {
            var progress = Check(LibSystemd.Process(_bus, out var native));
            using (native)
            {
                if (!native.IsInvalid)
                {
                    var message = MessageReader.Read(native);
                    if (message.Kind != BusMessageKind.Call) return message;
                    Answer(native, message);
                }
            }

            if (progress > 0) continue;
            if (waited) return null;
            Check(LibSystemd.Wait(_bus, (ulong)Math.Max(0, patience.TotalMicroseconds)));
            waited = true;
        }
    }

    public void Dispose() => _bus.Dispose();

    private void Answer(MessageHandle call, BusMessage message)
    {
        MessageHandle answer;
        Check(_agrees(message)
            ? LibSystemd.NewReturn(call, out answer)
            : LibSystemd.NewError(call, out answer, PermissionDenied, 0));
        using (answer) Check(LibSystemd.SendAnswer(_bus, answer, 0));
    }

    private static BusHandle OpenSystem()
    {
        var result = LibSystemd.OpenSystem(out var bus);
        return result >= 0 ? bus : throw Unreachable(result);
    }

    private static BusHandle OpenAt(string address)
    {
        Check(LibSystemd.New(out var bus));
        Check(LibSystemd.SetAddress(bus, address));
        Check(LibSystemd.SetBusClient(bus, 1));
        var result = LibSystemd.Start(bus);
        if (result >= 0) return bus;
        bus.Dispose();
        throw Unreachable(result);
    }

    private static BusException Unreachable(int result) =>
        BusException.Of("The D-Bus system bus cannot be reached; Bluetooth needs it: apt-get install dbus bluez", result);

    private static int Check(int result) => result >= 0 ? result : throw BusException.Of("The D-Bus system bus is gone", result);
}
