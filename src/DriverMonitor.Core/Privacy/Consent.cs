namespace DriverMonitor.Core.Privacy;

/// <summary>A driver's word about one modality.</summary>
/// <param name="State">As it was said; how it stands today is <see cref="ConsentRecord.StateOf"/>.</param>
/// <param name="Text">Version of the text that was shown; null while nothing was.</param>
/// <param name="At">Time of day of the word, as good as the device's clock was.</param>
public readonly record struct Consent(ConsentState State, string? Text = null, DateTimeOffset? At = null)
{
    /// <summary>A consent is good for a year: judgement, so that nobody is bound by a word long forgotten.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromDays(365);
}

/// <summary>Where a consent stands.</summary>
public enum ConsentState
{
    /// <summary>Never asked.</summary>
    Unknown,

    /// <summary>Asked, or asked again because the text has changed; not answered.</summary>
    Asked,

    Granted,

    /// <summary>Refused, or taken back.</summary>
    Withdrawn,

    /// <summary>Granted more than a year ago.</summary>
    Expired,
}
