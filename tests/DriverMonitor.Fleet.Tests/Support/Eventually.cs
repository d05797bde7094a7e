namespace DriverMonitor.Fleet.Tests.Support;

/// <summary>Waits until something is so; two minutes are enough for a busy machine.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2), Between = TimeSpan.FromMilliseconds(50);

    public static Task Sees(string what, Func<bool> isSo) => Sees(what, () => Task.FromResult(isSo()));

    public static async Task Sees(string what, Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(Longest);
        while (!await isSo())
        {
            Assert.False(patience.IsCancellationRequested, $"waited two minutes for {what}");
            await Task.Delay(Between);
        }
    }
}
