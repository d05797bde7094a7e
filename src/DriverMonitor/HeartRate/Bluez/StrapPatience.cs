namespace DriverMonitor.HeartRate.Bluez;

/// <summary>How long BlueZ and a strap may take, until they are taken not to answer.</summary>
/// <param name="hasOthers">A second strap is bound: the first must not hold the line as long.</param>
internal sealed class StrapPatience(bool hasOthers)
{
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Bond = TimeSpan.FromSeconds(30);

    /// <summary>BlueZ itself gives up a call after about 20 s.</summary>
    private static readonly TimeSpan Call = TimeSpan.FromSeconds(25), ShortCall = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Reading a strap's services takes a second or two, up to ten on a poor link. A strap that is only half there never ends it:
    /// with a second one bound, the first try is given up sooner.
    /// </summary>
    private static readonly TimeSpan Services = TimeSpan.FromSeconds(12), ShortServices = TimeSpan.FromSeconds(4);

    public TimeSpan ForAnswerTo(StrapVerb verb) => verb switch
    {
        StrapVerb.Connect => hasOthers ? ShortCall : Call,
        StrapVerb.Bond => Bond,
        _ => Answer,
    };

    public TimeSpan ForServices(bool triedBefore) => hasOthers && !triedBefore ? ShortServices : Services;
}
