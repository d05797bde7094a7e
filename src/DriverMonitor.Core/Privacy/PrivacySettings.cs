using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Privacy;

/// <summary>On what ground a driver is judged.</summary>
public sealed record PrivacySettings
{
    /// <summary>What may run for a driver who has said nothing.</summary>
    public LegalBasis Basis { get; init; } = LegalBasis.Safety;

    /// <summary>
    /// What the driver has agreed to on paper, such as "Heart, Stress"; a withdrawal on the device outweighs it.
    /// </summary>
    public Modalities OnPaper { get; init; } = Modalities.None;
}

/// <summary>
/// The ground for processing (Regulation (EU) 2016/679, articles 6 and 9); the one who operates the vehicle answers for the
/// choice.
/// </summary>
public enum LegalBasis
{
    /// <summary>
    /// The camera watches for fatigue and distraction unless the driver forbids it; everything else needs consent.
    /// </summary>
    Safety,

    /// <summary>Nothing is judged without consent.</summary>
    Consent,
}
