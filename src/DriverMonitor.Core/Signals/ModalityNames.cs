using System.Numerics;

namespace DriverMonitor.Core.Signals;

/// <summary>Modalities as the wire writes them.</summary>
public static class ModalityNames
{
    /// <summary>Each single one in lower case, with commas between; "none" for none.</summary>
    public static string Of(Modalities allowed) => allowed == Modalities.None ? "none" : string.Join(
        ',',
        Enum.GetValues<Modalities>().Where(m => BitOperations.IsPow2((int)m) && allowed.HasFlag(m))
            .Select(m => m.ToString().ToLowerInvariant()));
}
