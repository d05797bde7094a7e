using System.ComponentModel.DataAnnotations;

namespace DriverMonitor.Fleet.Rights;

/// <summary>How long what is stored is kept, in days. A tenant may keep its own for a shorter time.</summary>
internal sealed record RetentionOptions
{
    /// <summary>Section of the settings file.</summary>
    public const string Section = "Fleet:Retention";

    /// <summary>Events and episodes. On PostgreSQL a month goes as a whole when its last day is older.</summary>
    [Range(1, 3650)] public int Events { get; init; } = 90;

    /// <summary>Counts by the hour, findings, orders, audit heads: 13 months compare a month with the year before.</summary>
    [Range(1, 3650)] public int Counts { get; init; } = 396;

    /// <summary>Who looked at what, and receipts of erasures.</summary>
    [Range(1, 3650)] public int Audit { get; init; } = 1096;

    /// <summary>Messages to webhooks.</summary>
    [Range(1, 3650)] public int Deliveries { get; init; } = 30;
}
