namespace DriverMonitor.Core.Signals;

/// <summary>
/// What is kept over time of what one sense says. Each takes its own readings (Add, Update); what ends the past of one ends the
/// past of all, so the pipeline loops over them.
/// </summary>
internal interface IModalityTracker
{
    /// <summary>The clock jumped: nothing compares with what comes, and whoever is known stays known.</summary>
    void Reset(TimeSpan before, TimeSpan at);

    /// <summary>Nothing learned or counted of one person may be held against another.</summary>
    void ChangeDriver()
    {
    }

    /// <summary>What is withdrawn leaves nothing behind in memory.</summary>
    void Withdraw(Modalities withdrawn)
    {
    }
}
