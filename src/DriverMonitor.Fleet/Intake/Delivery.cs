namespace DriverMonitor.Fleet.Intake;

/// <summary>One message as a broker delivered it, to be answered exactly once: after the commit, or not at all.</summary>
/// <param name="topic">As published.</param>
/// <param name="body">Owned by the delivery.</param>
/// <param name="answer">Tells the broker how it ended.</param>
internal sealed class Delivery(string topic, ReadOnlyMemory<byte> body, Action<DeliveryResult> answer)
{
    public string Topic => topic;

    public ReadOnlyMemory<byte> Body => body;

    /// <summary>Delivered from what a broker retained: a picture of before, not news.</summary>
    public bool IsRetained { get; init; }

    /// <summary>Only after the transaction that stored it was committed.</summary>
    public void Accept() => answer(DeliveryResult.Stored);

    /// <summary>It could not be stored: whoever sent it keeps it and sends it again later.</summary>
    public void Refuse() => answer(DeliveryResult.Refused);
}

internal enum DeliveryResult
{
    Stored,
    Refused,
}
