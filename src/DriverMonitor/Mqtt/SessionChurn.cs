namespace DriverMonitor.Mqtt;

/// <summary>
/// Notices connections that a broker opens and closes again within seconds, one after the other and without a reason: mosquitto
/// 2.0 does so to two clients with one id, which throw each other out for ever. Pure: it takes how each connection ended.
/// </summary>
internal sealed class SessionChurn
{
    /// <summary>A bad network breaks a connection now and then; not this often in a row, as soon as it stands.</summary>
    private const int InARow = 5;

    private static readonly TimeSpan Short = TimeSpan.FromSeconds(30);

    private int _count;

    /// <param name="lived">How long the connection stood.</param>
    /// <returns>True once, when it is time to say so.</returns>
    public bool Step(ConnectionEvent news, TimeSpan lived)
    {
        _count = news == ConnectionEvent.Lost && lived < Short ? _count + 1 : 0;
        return _count == InARow;
    }
}
