namespace DriverMonitor.Tests.Support;

/// <summary>Waits for something another thread or process does, and says what was missing if it never comes.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(10);

    public static async Task Sees(string what, Func<bool> happened, int withinSeconds = 60)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(withinSeconds));
        while (!happened())
        {
            if (patience.IsCancellationRequested) Assert.Fail($"Never saw {what} within {withinSeconds} s.");
            await Task.Delay(Often, CancellationToken.None);
        }
    }
}
