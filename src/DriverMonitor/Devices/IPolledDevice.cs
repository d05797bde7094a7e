namespace DriverMonitor.Devices;

/// <summary>A device that is asked, or told something, again and again on one thread.</summary>
internal interface IPolledDevice : IDisposable
{
    /// <summary>Once: may block, and throw whatever its driver throws.</summary>
    void Poll();
}
