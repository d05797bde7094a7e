using System.Collections.Immutable;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Alerts;

/// <summary>One reason to alert the driver: when, how urgently, why, and in which words. Holds no state.</summary>
internal interface IAlertRule
{
    AlertRule Rule { get; }

    /// <summary>The rule on the wire and in files; the page's words are keyed by it.</summary>
    string Name { get; }

    /// <summary>The driver's state that the rule speaks of: the last part of the topic.</summary>
    string State { get; }

    AlertKind Kind { get; }

    /// <summary>What the driver agreed to beside the camera, without which no alert stands.</summary>
    Modalities ExtraConsent => Modalities.None;

    /// <summary>A row for each level that the rule reaches.</summary>
    ImmutableArray<AlertRow> Rows { get; }

    /// <summary>The level that the rule asks for; null while its cause cannot be seen, which neither raises nor calms.</summary>
    /// <param name="standing">The rule's level now.</param>
    AlertLevel? Judge(in Scene scene, AlertLevel standing);

    AlertExplanation Explain(in Scene scene, AlertLevel level);
}
