namespace DriverMonitor.Mqtt;

/// <summary>Every topic of one vehicle, in one place. Alerts and commands are never retained.</summary>
internal sealed class Topics(string tenant, string vehicle)
{
    public string Root { get; } = $"dm/v1/{tenant}/{vehicle}";

    /// <summary>Retained: online, offline, or lost.</summary>
    public string Status => $"{Root}/status";

    /// <summary>Retained: the newest state.</summary>
    public string State => $"{Root}/state";

    /// <summary>Counters of the monitor, every five minutes.</summary>
    public string Health => $"{Root}/health";

    /// <summary>What a trip amounted to, when it is over.</summary>
    public string Trip => $"{Root}/trip";

    /// <param name="kind">fatigue, distraction, stress, anger or device.</param>
    public string Alert(string kind) => $"{Root}/alert/{kind}";

    /// <summary>What the vehicle listens to: orders from the fleet.</summary>
    public string Orders => $"{Root}/cmd/#";

    /// <summary>The answer to an order.</summary>
    public string OrderAnswer(string name) => $"{Root}/cmdack/{name}";

    /// <summary>Receipts of erasures, and how the audit log ends.</summary>
    public string Audit => $"{Root}/audit";

    /// <summary>What a gateway in the vehicle writes and we read.</summary>
    /// <param name="part"><c>heart</c> or <c>vehicle</c>.</param>
    public string Input(string part) => $"{Root}/in/{part}";

    /// <summary>What a fleet subscribes to, to hear every vehicle of every tenant.</summary>
    public const string Everything = "dm/v1/#";
}
