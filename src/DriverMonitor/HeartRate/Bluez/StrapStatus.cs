namespace DriverMonitor.HeartRate.Bluez;

/// <summary>How it stands with the strap.</summary>
/// <param name="Trouble">Why there is no pulse, in words that end a sentence.</param>
/// <param name="Address">Of the connected strap.</param>
/// <param name="Battery">Percent.</param>
/// <param name="Location">Where it is worn, as it says itself.</param>
internal sealed record StrapStatus(
    StrapState State,
    string? Trouble = null,
    string? Address = null,
    string? Name = null,
    int? Battery = null,
    string? Location = null);
