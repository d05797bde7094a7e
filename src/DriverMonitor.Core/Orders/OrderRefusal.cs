namespace DriverMonitor.Core.Orders;

/// <summary>Why an order is not obeyed. Each has one name on the wire.</summary>
public enum OrderRefusal
{
    /// <summary>More than <see cref="OrderReader.LargestBytes"/>.</summary>
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
    public static string NameOf(OrderRefusal refusal) => refusal switch
    {
        OrderRefusal.TooLarge => "too_large",
        OrderRefusal.StrangeCharacter => "strange_character",
        OrderRefusal.NotJson => "not_json",
        OrderRefusal.TooDeep => "too_deep",
        OrderRefusal.DuplicateKey => "duplicate_key",
        OrderRefusal.UnknownKey => "unknown_key",
        OrderRefusal.MissingKey => "missing_key",
        OrderRefusal.WrongType => "wrong_type",
        OrderRefusal.OutOfRange => "out_of_range",
        OrderRefusal.UnknownOrder => "unknown_order",
        OrderRefusal.WrongTopic => "wrong_topic",
        OrderRefusal.OtherVehicle => "other_vehicle",
        OrderRefusal.UnknownSigner => "unknown_signer",
        OrderRefusal.OutOfScope => "out_of_scope",
        OrderRefusal.BadSignature => "bad_signature",
        OrderRefusal.Replayed => "replayed",
        OrderRefusal.Expired => "expired",
        OrderRefusal.Flooded => "flooded",
        OrderRefusal.NotAllowed => "not_allowed",
        OrderRefusal.SafetyFloor => "safety_floor",
        OrderRefusal.UnknownDriver => "unknown_driver",
        OrderRefusal.Failed => "failed",
        OrderRefusal.Interrupted => "interrupted",
        _ => throw new ArgumentOutOfRangeException(nameof(refusal)),
    };
}
