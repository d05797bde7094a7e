using DriverMonitor.HeartRate.Bluez.Bus;

namespace DriverMonitor.HeartRate.Bluez;

/// <summary>Why something that was asked of BlueZ did not happen, in the kinds that call for different answers.</summary>
internal enum StrapFault
{
    None,

    /// <summary>It is already so.</summary>
    Already,

    /// <summary>Somebody is at it; ask again soon.</summary>
    Busy,

    /// <summary>The strap speaks to bonded partners only.</summary>
    NeedsBond,

    /// <summary>The strap, or the bond with it, refuses us; a human must do something.</summary>
    Refused,

    /// <summary>The radio is blocked (rfkill).</summary>
    Blocked,

    /// <summary>Out of range, switched off, gone, no answer: try again later.</summary>
    Absent,
}

/// <summary>Reads BlueZ's errors. One name hides several causes, so that the words must be read too.</summary>
internal static class StrapFaults
{
    private static readonly (string Part, StrapFault Fault)[] ByName =
    [
        (".InProgress", StrapFault.Busy),
        (".NotReady", StrapFault.Busy),
        (".AlreadyConnected", StrapFault.Already),
        (".AlreadyExists", StrapFault.Already),
        (".AuthenticationRejected", StrapFault.Refused),
        (".AuthenticationFailed", StrapFault.Refused),
        (".AuthenticationCanceled", StrapFault.Refused),
        (".AuthenticationTimeout", StrapFault.Refused),
        (".NotPermitted", StrapFault.NeedsBond),
        (".NotAuthorized", StrapFault.NeedsBond),
        (".Blocked", StrapFault.Blocked),
    ];

    // Bluetooth Core, Vol 3, Part F, 3.4.1.1: insufficient authentication (5), authorization (8), key size (12), encryption (15).
    private static readonly string[] BondWords = ["0x05", "0x08", "0x0c", "0x0f", "insufficient", "not paired"];

    public static StrapFault Of(BusError? error)
    {
        if (error is null) return StrapFault.None;
        foreach (var (part, fault) in ByName)
            if (error.Name.EndsWith(part, StringComparison.Ordinal))
                return fault;
        if (error.Text.Contains("rfkill", StringComparison.OrdinalIgnoreCase))
            return StrapFault.Blocked;
        return BondWords.Any(word => error.Text.Contains(word, StringComparison.OrdinalIgnoreCase))
            ? StrapFault.NeedsBond
            : StrapFault.Absent;
    }
}
