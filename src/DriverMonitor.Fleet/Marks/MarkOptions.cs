using System.ComponentModel.DataAnnotations;

namespace DriverMonitor.Fleet.Marks;

/// <summary>Settings of the marks by which vehicles learn what they may delete.</summary>
internal sealed record MarkOptions
{
    public const string Section = "Fleet:Marks";

    /// <summary>
    /// The private key (PEM, P-256) that signs marks and nothing else; made at the first start. Receivers of one fleet share it.
    /// Empty for no marks: vehicles then keep what they sent until it expires.
    /// </summary>
    public string KeyFile { get; init; } = "mark.key";

    /// <summary>The key's name in the vehicles' settings.</summary>
    [RegularExpression("^[a-z0-9-]{1,32}$", ErrorMessage = "Fleet:Marks:KeyId must be 1 to 32 of a-z, 0-9 and '-'.")]
    public string KeyId { get; init; } = "mark-1";

    /// <summary>How often it is looked for marks to send.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// So long a vehicle keeps what is stored here already: a restored backup gets it from there again. At least the time between
    /// two backups; the default fits a nightly one. Zero where the store itself cannot be lost, such as a replicated server.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")]
    public TimeSpan KeepOnVehicle { get; init; } = TimeSpan.FromHours(26);
}
