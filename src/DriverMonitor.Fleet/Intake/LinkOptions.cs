using System.ComponentModel.DataAnnotations;

namespace DriverMonitor.Fleet.Intake;

/// <summary>How the receiver proves itself to a broker outside; asked only while <c>Fleet:Intake</c> names one.</summary>
internal sealed record LinkOptions
{
    public const string Section = "Fleet:Link";

    /// <summary>Who signed the broker's certificate (PEM); empty for those that this machine trusts.</summary>
    public string CaFile { get; init; } = "";

    /// <summary>The receiver's own certificate (PEM), where the broker asks for one.</summary>
    public string CertificateFile { get; init; } = "";

    public string KeyFile { get; init; } = "";

    /// <summary>
    /// Messages that may be unacknowledged at once. Killed, a receiver leaves at most these to the others.
    /// </summary>
    [Range(1, 10_000)] public int Prefetch { get; init; } = 1_000;

    /// <summary>Name of the quorum queue, or of the share: receivers of one name divide the messages among themselves.</summary>
    [RegularExpression("^[a-z0-9-]{1,32}$", ErrorMessage = "Fleet:Link:Group must be 1 to 32 of a-z, 0-9 and '-'.")]
    public string Group { get; init; } = "fleet";
}
