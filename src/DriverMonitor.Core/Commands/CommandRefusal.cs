namespace DriverMonitor.Core.Commands;

/// <summary>Why an order is not obeyed. Each has one name on the wire.</summary>
public enum CommandRefusal
{
    /// <summary>More than <see cref="CommandReader.LargestBytes"/>.</summary>
    TooLarge,

    /// <summary>A character that an order cannot need: only printable ASCII without a backslash is read.</summary>
    StrangeCharacter,

    NotJson,
    TooDeep,
    DuplicateKey,
    UnknownKey,
    MissingKey,
    WrongType,
    OutOfRange,

    /// <summary>No such order.</summary>
    UnknownOrder,

    /// <summary>It came on another order's topic.</summary>
    WrongTopic,

    /// <summary>It is meant for somebody else.</summary>
    OtherVehicle,

    /// <summary>Signed with a key that this vehicle does not know.</summary>
    UnknownSigner,

    /// <summary>The key is known and may not sign this order.</summary>
    OutOfScope,

    BadSignature,

    /// <summary>Its counter is not above the last one of its key: seen before, or out of order.</summary>
    Replayed,

    Expired,

    /// <summary>Too many orders within a minute; send it again later.</summary>
    Flooded,

    /// <summary>The setting may not be changed from afar.</summary>
    NotAllowed,

    /// <summary>It would move a limit that protects the driver.</summary>
    SafetyFloor,

    /// <summary>This vehicle knows nothing of that driver.</summary>
    UnknownDriver,

    /// <summary>It was begun and could not be finished; the detail says why.</summary>
    Failed,

    /// <summary>The program ended while it was being obeyed; send it again.</summary>
    Interrupted,
}

/// <summary>Names of refusals on the wire, written out so that renaming a member breaks no reader.</summary>
public static class OrderRefusals
{
    public static string NameOf(CommandRefusal refusal) => refusal switch
    {
        CommandRefusal.TooLarge => "too_large",
        CommandRefusal.StrangeCharacter => "strange_character",
        CommandRefusal.NotJson => "not_json",
        CommandRefusal.TooDeep => "too_deep",
        CommandRefusal.DuplicateKey => "duplicate_key",
        CommandRefusal.UnknownKey => "unknown_key",
        CommandRefusal.MissingKey => "missing_key",
        CommandRefusal.WrongType => "wrong_type",
        CommandRefusal.OutOfRange => "out_of_range",
        CommandRefusal.UnknownOrder => "unknown_order",
        CommandRefusal.WrongTopic => "wrong_topic",
        CommandRefusal.OtherVehicle => "other_vehicle",
        CommandRefusal.UnknownSigner => "unknown_signer",
        CommandRefusal.OutOfScope => "out_of_scope",
        CommandRefusal.BadSignature => "bad_signature",
        CommandRefusal.Replayed => "replayed",
        CommandRefusal.Expired => "expired",
        CommandRefusal.Flooded => "flooded",
        CommandRefusal.NotAllowed => "not_allowed",
        CommandRefusal.SafetyFloor => "safety_floor",
        CommandRefusal.UnknownDriver => "unknown_driver",
        CommandRefusal.Failed => "failed",
        CommandRefusal.Interrupted => "interrupted",
        _ => throw new ArgumentOutOfRangeException(nameof(refusal)),
    };
}
