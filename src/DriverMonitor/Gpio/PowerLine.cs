namespace DriverMonitor.Gpio;

/// <summary>The line of an uninterruptible supply that says that its own supply is gone; asked five times a second.</summary>
internal sealed class PowerLine(InputLine line, Action<bool> told, TimeProvider time)
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// How long the capacitors of supplies for the header feed a Pi 5: 15 to 40 s by their makers. Judgement.
    /// </summary>
    public static readonly TimeSpan Holds = TimeSpan.FromSeconds(8);

    /// <summary>
    /// Runs until stopped. A line that cannot be read says nothing: the outputs of the same chip say what is wrong.
    /// </summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stop))
        {
            try
            {
                told(line.IsPressed());
            }
            catch (Exception e) when (OutputLine.IsRefusal(e))
            {
                // asked again in a moment
            }
        }
    }
}
