namespace DriverMonitor.Core.Can;

/// <summary>Identifiers of one format that agree in some of their bits.</summary>
/// <param name="Mask">The bits that count; all of them for one identifier.</param>
public readonly record struct CanIdRange(CanFrameId Id, uint Mask)
{
    public static CanIdRange Of(CanFrameId id) => new(id, CanFrameId.HighestExtended);

    public bool Contains(CanFrameId id) => id.IsExtended == Id.IsExtended && ((id.Value ^ Id.Value) & Mask) == 0;
}
