namespace DriverMonitor.Outbox;

/// <summary>What lies in the store, by class: kept in step with it, so that nobody has to count rows.</summary>
internal readonly record struct StoreCounters(ClassTally Alert, ClassTally Record, ClassTally Trace)
{
    /// <summary>Rows that the broker does not have.</summary>
    public long Pending => Alert.Pending + Record.Pending + Trace.Pending;

    public ClassTally this[OutboxClass cls] => cls switch
    {
        OutboxClass.Alert => Alert,
        OutboxClass.Record => Record,
        _ => Trace,
    };

    public StoreCounters Plus(OutboxClass cls, ClassTally change) => cls switch
    {
        OutboxClass.Alert => this with { Alert = Alert + change },
        OutboxClass.Record => this with { Record = Record + change },
        _ => this with { Trace = Trace + change },
    };
}

/// <summary>Rows of one class, the bytes of their bodies, and how many still wait.</summary>
internal readonly record struct ClassTally(long Rows, long Bytes, long Pending)
{
    public static ClassTally operator +(ClassTally a, ClassTally b) =>
        new(a.Rows + b.Rows, a.Bytes + b.Bytes, a.Pending + b.Pending);

    public static ClassTally operator -(ClassTally a) => new(-a.Rows, -a.Bytes, -a.Pending);
}
