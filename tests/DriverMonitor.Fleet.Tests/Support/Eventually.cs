namespace DriverMonitor.Fleet.Tests.Support;

/// <summary>Waits until something is so; a minute is enough for a busy machine.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60), Between = TimeSpan.FromMilliseconds(50);

    public static Task Sees(string what, Func<bool> isSo) => Sees(what, () => Task.FromResult(isSo()));

    public static async Task Sees(string what, Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(Longest);
        while (!await isSo())
        {
            Assert.False(patience.IsCancellationRequested, $"waited a minute for {what}");
            await Task.Delay(Between);
        }
    }
}
